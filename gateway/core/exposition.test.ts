import { expect, it } from 'vitest';
import { exposition } from './exposition.ts';

it('writes families in the text format, with labels escaped', () => {
  const text = exposition([
    {
      name: 'a_total',
      help: 'Two\nlines \\ here.',
      type: 'counter',
      samples: [
        { labels: {}, value: 3 },
        { labels: { model: 'x"\\\n', status: '200' }, value: 0.5 },
      ],
    },
    { name: 'b', help: 'Nothing.', type: 'gauge', samples: [] },
    {
      name: 'c',
      help: 'C.',
      type: 'histogram',
      samples: [{ suffix: '_bucket', labels: { le: '+Inf' }, value: Infinity }],
    },
  ]);
  expect(text).toBe(
    [
      '# HELP a_total Two\\nlines \\\\ here.',
      '# TYPE a_total counter',
      'a_total 3',
      'a_total{model="x\\"\\\\\\n",status="200"} 0.5',
      '# HELP c C.',
      '# TYPE c histogram',
      'c_bucket{le="+Inf"} +Inf',
      '',
    ].join('\n'),
  );
});
