/** Turns what undici, DNS, TCP and TLS throw into one of our codes and one line that names the URL. */
import type { FailureCode } from "../model.ts";
import { PRIVATE_ADDRESS } from "./connector.ts";

export type Trouble =
  | { readonly kind: "refused"; readonly reason: "private-address"; readonly detail: string }
  | { readonly kind: "failed"; readonly code: FailureCode; readonly detail: string };

const BY_CODE: Readonly<Record<string, readonly [code: FailureCode, what: string]>> = {
  ENOTFOUND: ["E_DNS", "the host name is unknown"],
  EAI_AGAIN: ["E_DNS", "the name server did not answer"],
  EAI_FAIL: ["E_DNS", "the name server failed"],
  EAI_NODATA: ["E_DNS", "the host name has no address"],
  ENODATA: ["E_DNS", "the host name has no address"],
  ECONNREFUSED: ["E_CONNECT", "the connection was refused"],
  EHOSTUNREACH: ["E_CONNECT", "there is no route to the host"],
  ENETUNREACH: ["E_CONNECT", "the network is unreachable"],
  EHOSTDOWN: ["E_CONNECT", "the host is down"],
  EADDRNOTAVAIL: ["E_CONNECT", "the address is not available"],
  ETIMEDOUT: ["E_CONNECT", "the connection could not be made in time"],
  UND_ERR_CONNECT_TIMEOUT: ["E_CONNECT", "the connection could not be made in time"],
  UND_ERR_HEADERS_TIMEOUT: ["E_TIMEOUT", "no answer came in time"],
  UND_ERR_BODY_TIMEOUT: ["E_TIMEOUT", "the body stopped coming"],
  UND_ERR_HEADERS_OVERFLOW: ["E_PROTOCOL", "the answer's headers are too large"],
  UND_ERR_SOCKET: ["E_PROTOCOL", "the connection was dropped"],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ["E_PROTOCOL", "the body is shorter than announced"],
  ECONNRESET: ["E_PROTOCOL", "the connection was dropped"],
  EPIPE: ["E_PROTOCOL", "the connection was dropped"],
  EPROTO: ["E_TLS", "TLS could not be agreed on"],
};

/** OpenSSL's and Node's names of certificate and handshake faults. */
const TLS_CODE =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/;

export function describeFailure(error: unknown, url: string): Trouble {
  const { code, message } = rootOf(error);
  const tail = message === "" ? code : message;
  if (code === PRIVATE_ADDRESS)
    return { kind: "refused", reason: "private-address", detail: `${url}: ${message}` };
  const known = BY_CODE[code];
  if (known !== undefined)
    return { kind: "failed", code: known[0], detail: `${url}: ${known[1]} (${code})` };
  if (TLS_CODE.test(code))
    return { kind: "failed", code: "E_TLS", detail: `${url}: certificate or TLS fault (${tail})` };
  if (code.startsWith("HPE_"))
    return { kind: "failed", code: "E_PROTOCOL", detail: `${url}: not valid HTTP (${tail})` };
  return { kind: "failed", code: "E_PROTOCOL", detail: `${url}: ${tail}` };
}

/** Happy-eyeballs failures arrive as an AggregateError: its first cause speaks for all. */
function rootOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  if (code === "UND_ERR_SOCKET" && error.cause !== undefined) {
    const cause = rootOf(error.cause);
    if (BY_CODE[cause.code] !== undefined || TLS_CODE.test(cause.code)) return cause;
  }
  return { code: code ?? error.name, message: error.message };
}
