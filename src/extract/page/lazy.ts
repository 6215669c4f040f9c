/** Where pictures that load lazily keep their address, by the scripts in use; most common first. */
export const LAZY = [
  "data-src",
  "data-lazy-src",
  "data-original",
  "data-orig-file",
  "data-full-url",
  "data-hi-res-src",
  "data-image",
  "data-url",
  "nitro-lazy-src",
  "data-pin-media",
] as const;
