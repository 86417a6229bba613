import { describe, expect, it } from 'vitest';
import { namedSuggestion, offersFor } from './suggest.ts';

const words = (word: string): readonly string[] => offersFor(word).suggestions.map((one) => one.word);

describe('what is offered', () => {
  it.each([
    ['pro', ['provider:']],
    ['-pro', ['-provider:']],
    ['is:fai', ['is:failed']],
    ['-is:str', ['-is:streamed']],
    ['status:4', ['status:>=400', 'status:4xx', 'status:429']],
    ['time:to', ['time:today']],
    ['outcome:cut,liv', ['outcome:cut,live']],
    ['"quoted', []],
    ['unknown:x', []],
    ['zebra', []],
  ])('%s', (word, offered) => expect(words(word)).toEqual(offered));

  it.each([
    ['provider:op', { field: 'provider', part: 'op' }],
    ['-model:a,gp', { field: 'model', part: 'gp' }],
    ['app:"Cla', { field: 'app', part: 'Cla' }],
    ['id:x', null],
    ['status:4', null],
  ])('%s asks the log for names', (word, ask) => expect(offersFor(word).ask).toEqual(ask));

  it('quotes names with spaces, and keeps values before them', () => {
    expect(namedSuggestion('app:Cla', 'Claude Code', 3).word).toBe('app:"Claude Code"');
    expect(namedSuggestion('-model:a,gp', 'gpt-5', 3).word).toBe('-model:a,gpt-5');
  });
});
