/** Numbers from 0 to below 1 that are the same for the same seed (the generator known as mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A copy with one to eight faults: bytes changed, parts cut out, doubled, moved, overwritten with pieces of the format. */
export function mutate(original: Uint8Array, pieces: readonly string[], random: () => number): Uint8Array {
  let bytes = Buffer.from(original);
  const below = (limit: number): number => Math.floor(random() * Math.max(1, limit));
  const faults: readonly (() => void)[] = [
    () => {
      bytes[below(bytes.length)] = below(256);
    },
    () => {
      const at = below(bytes.length);
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + below(400))]);
    },
    () => {
      const at = below(bytes.length);
      const part = bytes.subarray(at, at + below(400));
      bytes = Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
    },
    () => {
      const at = below(bytes.length);
      const part = Buffer.from(bytes.subarray(at, at + below(200)));
      part.copy(bytes, below(bytes.length));
    },
    () => {
      Buffer.from(pieces[below(pieces.length)] ?? '', 'latin1').copy(bytes, below(bytes.length));
    },
    () => {
      const piece = Buffer.from(pieces[below(pieces.length)] ?? '', 'latin1');
      const at = below(bytes.length);
      bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
    },
    () => {
      bytes = bytes.subarray(0, below(bytes.length));
    },
  ];
  for (let left = 1 + below(8); left > 0; left -= 1) faults[below(faults.length)]?.();
  return bytes;
}

/** Pieces of PDF that do harm in the wrong place. */
export const pdfPieces = (
  '<<|>>|[|]|(|)|/Length 999999999|/Length -1|/Kids [1 0 R]|/Parent 3 0 R|0 0 R|1 0 R|2 0 R|3 0 R|4 0 R|endobj|stream\n|' +
  'endstream|xref|trailer|startxref\n0|%%EOF|/FlateDecode|/LZWDecode|/ASCII85Decode|/RunLengthDecode|/Count 99999999|/Prev 9|' +
  '/Encrypt 1 0 R|/Type /ObjStm|/Type /XRef|/W [9 9 9]|BT|ET|Tj|TJ|cm|Do|1e999|-2147483648|99999999999999999999|/Font|' +
  '/ToUnicode 4 0 R|/Contents 3 0 R|q q q q q|BI ID EI'
).split('|');

/** Pieces of HTML that do harm in the wrong place. */
export const htmlPieces = (
  '<|>|</|<!--|-->|--!>|<![CDATA[|]]>|<!doctype html>|<table>|</table>|<tr>|<td>|<caption>|<select>|<option>|<template>|' +
  '</template>|<svg>|</svg>|<math>|<mi>|<foreignObject>|<iframe/>|<noscript>|</noscript>|<plaintext>|<textarea>|</textarea>|' +
  '<script>|</script>|<style>|</style>|<frameset>|<form>|</p>|</br>|<b><i></b></i>|<a href="|<a href="http://[">|' +
  '<base href="//x y">|<a href="javascript:0">|<img src=x onerror=y>|<li>|<ul>|<pre>|<code>|\0|&#0;|&#xD800;|&#x110000;|' +
  '&notanentity;|<p a=1 a=2 a=3>|<body>|<html>|</html>|<a href="/cdn-cgi/l/email-protection#00">x</a>'
).split('|');
