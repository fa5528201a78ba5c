// @ts-nocheck
/**
 * Checks a `User-Agent` of the form `Application[/version] Vendor`, with letters and digits in the
 * names, as Cisco asks of applications that use the Meraki API.
 *
 * @throws TypeError where it has another form.
 */
export function checkUserAgent(value: string): string {
  if (!/^\w+(\/[\w.+-]+)? \w+$/.test(value)) throw new TypeError('userAgent: App/1.0 Vendor');
  return value;
}
