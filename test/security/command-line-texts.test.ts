import { describe, expect, test } from 'vitest';
import { printable } from '../../templates/cli-runtime/terminal/printable.ts';

describe('a text that an emitted command line shows', () => {
  test.each([
    ['recolours nothing', '\u001b[31mred\u009b0m', '\\u001b[31mred\\u009b0m'],
    ['sets no title', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
    ['keeps the direction of writing', 'a\u202eb\u2066c\u061c', 'a\\u202eb\\u2066c\\u061c'],
    ['hides nothing', 'a\u{e0041}\u200b\u3164', 'a\\udb40\\udc41\\u200b\\u3164'],
    ['is no command of Azure', 'a ##vso[task.x]', 'a \\u0023#vso[task.x]'],
    ['is no command of TeamCity', '##teamcity[x]', '\\u0023#teamcity[x]'],
    ['is no command of GitHub', 'a\n  ::set-env name=a::b', 'a\n  \\u003a:set-env name=a::b'],
    ['is as it was otherwise', 'a\tb\n## head\n😀 é a::b #1', 'a\tb\n## head\n😀 é a::b #1'],
  ])('%s', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});
