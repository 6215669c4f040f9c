/**
 * Addresses in the order of their places (SURT): the host's parts turned round, so that the pages of a
 * site stand together in a sorted index. What readers of indexes expect: no scheme, no `www.`, no
 * standard port, lower case, parameters in order.
 */

/** `https://www.Example.ly:443/News/?b=2&a=1` → `ly,example)/news/?a=1&b=2` */
export function surtOf(url: string): string {
  const plain = url.replace(/^(https?:\/\/)www\d*\./iu, "$1").toLowerCase();
  if (!/^https?:/u.test(plain) || !URL.canParse(plain)) return url;
  const { hostname, port, pathname, search } = new URL(plain);
  const place = `${hostname.split(".").reverse().join(",")}${port === "" ? "" : `:${port}`}`;
  const query = search === "" ? "" : `?${search.slice(1).split("&").sort().join("&")}`;
  return `${place})${pathname}${query}`;
}
