/** The document's version where npm takes it for one; `1.2` is completed. */
export function packageVersion(version: string): string {
  const [, plain = ''] = /^v?(\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?)$/.exec(version) ?? [];
  const [numbers = '', ...pre] = plain.split('-');
  if (numbers === '' || numbers.split('.').some((part) => part.length > 9 || /^0\d/.test(part)))
    return '0.0.0';
  const [major = '0', minor = '0', patch = '0'] = numbers.split('.');
  const tail = pre.join('-');
  return /^([1-9]\d*|0|\d*[A-Za-z-][0-9A-Za-z-]*)(\.([1-9]\d*|0|\d*[A-Za-z-][0-9A-Za-z-]*))*$/.test(
    tail,
  )
    ? `${major}.${minor}.${patch}-${tail}`
    : `${major}.${minor}.${patch}`;
}
