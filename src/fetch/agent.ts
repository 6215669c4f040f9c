/** The one undici agent of a fetcher: guarded connections, one per origin, one request at a time on it. */
import { Agent, type Dispatcher } from "undici";
import { type ConnectorOptions, createConnector } from "./connector.ts";
import type { FetchLimits } from "./fetcher.ts";
import { KEEP_ALIVE_MS } from "./limits.ts";

export function openAgent(
  options: ConnectorOptions & { readonly limits: FetchLimits },
): Dispatcher {
  const { limits } = options;
  return new Agent({
    connect: createConnector(options),
    connections: 1,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.totalTimeoutMs,
  });
}
