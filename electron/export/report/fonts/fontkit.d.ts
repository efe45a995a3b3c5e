/** The package brings no types; font-reader.ts says what of it is used. */
declare module "fontkit" {
  export function create(bytes: Uint8Array): unknown;
}
