/** Whether a URL names a file that is no page (image, film, document, archive), by its ending. */
import { readUrlData } from "./data.ts";

const extensions = new Set(
  readUrlData<{ readonly extensions: readonly string[] }>("media-extensions.json").extensions,
);

/** True when the last path segment ends in a known media extension. Never true for a bare host. */
export function isProbablyMedia(url: string): boolean {
  const pathAt = url.indexOf("/", url.indexOf("://") + 3);
  if (pathAt < 0) return false;
  const end = url.slice(pathAt).search(/[?#]/);
  const path = end < 0 ? url.slice(pathAt) : url.slice(pathAt, pathAt + end);
  const dotAt = path.lastIndexOf(".");
  if (dotAt <= path.lastIndexOf("/")) return false;
  return extensions.has(path.slice(dotAt + 1).toLowerCase());
}
