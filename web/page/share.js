// A manifest in the address, only where the user asks for it. What is behind `#` is sent to no server.
const MOST = 64_000;

function base64url(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

async function through(bytes, transform) {
  const stream = new Blob([bytes]).stream().pipeThrough(transform);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The fragment that holds a manifest; nothing where it is too long for an address. */
export async function fragment(text) {
  const packed = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  const coded = `#m=${base64url(packed)}`;
  return coded.length > MOST ? undefined : coded;
}

/** The manifest that a fragment holds; nothing where it holds none. */
export async function shared(hash) {
  const coded = /^#m=([\w-]+)$/.exec(hash)?.[1];
  if (!coded || coded.length > MOST) return undefined;
  try {
    const packed = atob(coded.replace(/-/g, "+").replace(/_/g, "/"));
    const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
    const text = await through(bytes, new DecompressionStream("deflate-raw"));
    return text.length > 1 << 20 ? undefined : new TextDecoder().decode(text);
  } catch {
    return undefined;
  }
}
