const part = "(?:[\\w\\-.~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*";
const uri = new RegExp(`^https?://[\\w.-]+(?::\\d{1,5})?(?:[/?]${part})?(?:#${part})?$`, "i");
const unlike = /[^\w\-.~:/?@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})/gu;

/** A web address as a URI of RFC 3986, which most formats ask for, without a user's name; `undefined` for anything else. */
export function webUri(text: string): string | undefined {
  if (text.length > 2_000) return undefined;
  if (uri.test(text)) return text;
  if (!/^https?:\/\/[^\s/?#]/i.test(text)) return undefined;
  let address: URL;
  try {
    address = new URL(text);
  } catch {
    return undefined;
  }
  // What browsers take is more than a URI holds: brackets, bars, a percent sign alone.
  const { protocol, host, pathname, search, hash } = address;
  const rest = `${encoded(pathname + search)}${hash === "" ? "" : `#${encoded(hash.slice(1))}`}`;
  return `${protocol}//${host}${rest}`;
}

const encoded = (part: string): string => part.replace(unlike, encodeURIComponent);
