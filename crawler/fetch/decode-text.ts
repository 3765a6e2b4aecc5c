import { isUtf8 } from 'node:buffer';
import sniffEncoding from 'html-encoding-sniffer';

/**
 * Bytes → text as browsers do it: byte order mark, then the response's charset, then what `<meta>` declares (HTML
 * Standard, encoding sniffing). Without any of them UTF-8 where the bytes are valid as such, which is what Open Terms
 * Archive's fetcher assumes, otherwise the standard's windows-1252.
 */
export function decodeText(bytes: Uint8Array, charset: string | undefined): string {
  const encoding = sniffEncoding(bytes, {
    ...(charset === undefined ? {} : { transportLayerEncodingLabel: charset }),
    defaultEncoding: isUtf8(bytes) ? 'UTF-8' : 'windows-1252',
  });
  return decoderFor(encoding).decode(bytes);
}

function decoderFor(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    // A name of the Encoding Standard that Node.js has no table for, such as x-user-defined.
    return new TextDecoder('windows-1252');
  }
}
