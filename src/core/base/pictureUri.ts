const PICTURE = /^data:image\/(?:png|jpeg|svg\+xml)(?:;charset=utf-8)?(?:;base64)?,[\w%+/=.~!*'();:@&$,?-]*$/i;

/**
 * A chart as an address that can stand in the quotes of `<img src>`: SVG text or a picture's data URI. An SVG inside an image runs no script
 * and loads nothing. Null for anything else.
 */
export function pictureUri(chart: string): string | null {
  if (PICTURE.test(chart)) {
    return chart.replaceAll("&", "&amp;");
  }
  // Half a surrogate pair cannot be encoded.
  return /^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>]/.test(chart)
    ? `data:image/svg+xml;charset=utf-8,${encodeURIComponent(chart.replace(/\p{Cs}/gu, "\ufffd"))}`
    : null;
}
