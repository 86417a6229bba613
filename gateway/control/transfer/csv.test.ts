import { expect, it } from 'vitest';
import { summaryOf } from '../../core/row-summary.ts';
import { requestRow } from '../../testing/request-row.ts';
import { CSV_HEAD, csvCell, csvLine } from './csv.ts';

it.each<[Parameters<typeof csvCell>[0], string]>([
  [null, ''],
  [undefined, ''],
  [-5, '-5'],
  [true, 'true'],
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
])('%j is written %s', (cell, text) => {
  expect(csvCell(cell)).toBe(text);
});

it('has a line of as many cells as its head, with money to the last digit', () => {
  const row = summaryOf(requestRow({ sequence: 7, cost: 10_587, tokens: null }));
  expect(CSV_HEAD.startsWith('\uFEFFid,started_at,')).toBe(true);
  const line = csvLine(row);
  expect(line.endsWith('\r\n')).toBe(true);
  expect(line.split(',')).toHaveLength(CSV_HEAD.split(',').length);
  expect(line).toContain(',0.000000010587,');
  expect(line).toContain('req_7,2026-11-21T12:00:00.000Z,ok,200,,laptop,');
});
