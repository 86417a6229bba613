/** Bytes of the body of a request, as sent and again after decompression. */
export const BODY_BYTES = 33_554_432;
