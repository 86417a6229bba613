import { expect, it } from 'vitest';
import { beginsAsText } from './begins-as-text.ts';

it.each([
  ['a table', Buffer.from('name,price\r\nTee,"2,50 €"\r\n'.repeat(9)), true],
  ['Chinese, cut within a character', Buffer.from('春眠不觉晓处处闻啼鸟'.repeat(9)), true],
  ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n'), false],
  ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452000002000000020008020000007b1a43ad', 'hex'), false],
  ['a JPEG', Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb0043000806060706050807', 'hex'), false],
  ['a GIF', Buffer.from('47494638396190012c01f70000ffffffcccccc99999966666633333300000000', 'hex'), false],
  ['a WebP', Buffer.from('5249464624a80b0057454250565038201842030', 'hex'), false],
  [
    'sound (WAV)',
    Buffer.from('524946462408000057415645666d7420100000000100020044ac000010b102', 'hex'),
    false,
  ],
  ['an MP3', Buffer.from('49443304000000000023545353450000000f0000034c61766635382e32392e', 'hex'), false],
  ['a packed file', Buffer.from('504b0304140006000800000021006b7f', 'hex'), false],
])('%s', (_what, data, expected) => {
  expect(beginsAsText(Buffer.from(data.toString('base64')))).toBe(expected);
});
