/**
 * One host's queue. Requests start in the order they came, one at a time, never closer together than
 * the host allows; a host that is dead or has sent us away is not asked at all for a while.
 *
 * Invariants: a turn begins only when the one before has ended; the time between two requests sent is
 * at least the delay in force; trouble can only lengthen that delay. No timer is held while idle.
 */
import pLimit from "p-limit";
import type { FailureCode } from "../model.ts";
import {
  LATENCY_FACTOR,
  MAX_ADAPTIVE_DELAY_MS,
  REFUSALS_TO_SHUT,
  SILENT_VISITS,
} from "./limits.ts";

/** Node fires a longer timer at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Why a host is being left alone. */
export interface Shut {
  readonly untilAt: number;
  readonly code: FailureCode;
  readonly detail: string;
}

export interface Host {
  /**
   * Waits for the turn, runs the task (told how long it waited) and ends the turn when it settles.
   * The task calls `sent` when its request goes out: connecting takes time, and the gap that the
   * server sees is what was promised. Gives the reason instead when the host is shut.
   * Rejects with the signal's reason when aborted before the task starts.
   */
  turn<T>(
    delayMs: number,
    task: (waitedMs: number, sent: () => void) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T | Shut>;
  /** Notes a good answer: a slow server gets more time, a fast one at most the configured pace. */
  answered(latencyMs: number): void;
  /** Notes an overloaded or failing answer: the pace halves. */
  troubled(delayMs: number): void;
  /** No request starts before this time. */
  pauseUntil(at: number): void;
  /** No request is made before this time; turns end at once with the reason. */
  shut(reason: Shut): void;
  /** Counts a visit that was refused (403, 429); true when they are too many in a row. */
  refused(): boolean;
  /** Counts a visit that ran into the deadline; true when they are too many in a row. */
  silent(): boolean;
}

export interface HostClock {
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Called when the host is shut, or for longer than before. */
  readonly onShut?: (reason: Shut) => void;
}

export function createHost({ now, sleep, onShut }: HostClock): Host {
  const inTurn = pLimit(1);
  let lastStartAt = -Infinity;
  let notBeforeAt = -Infinity;
  let adaptiveMs = 0;
  let shutFor: Shut | null = null;
  let refusals = 0;
  let silences = 0;

  async function wait(delayMs: number, signal?: AbortSignal): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      // delay 0 means "my own server": adaptivity would only add what nobody needs there
      const paceMs = delayMs === 0 ? 0 : Math.max(delayMs, adaptiveMs);
      const waitMs = Math.max(lastStartAt + paceMs, notBeforeAt) - now();
      if (!(waitMs > 0)) return;
      await sleep(Math.min(Math.ceil(waitMs), LONGEST_TIMER_MS), signal);
    }
  }

  return {
    turn(delayMs, task, signal) {
      const queuedAt = now();
      return inTurn(async () => {
        await wait(delayMs, signal);
        if (shutFor !== null && now() < shutFor.untilAt) return shutFor;
        shutFor = null;
        // A connection that was never made asked nothing of the host: it costs no delay.
        return task(now() - queuedAt, () => {
          lastStartAt = now();
        });
      });
    },
    answered(latencyMs) {
      adaptiveMs = Math.min((adaptiveMs + LATENCY_FACTOR * latencyMs) / 2, MAX_ADAPTIVE_DELAY_MS);
      refusals = 0;
      silences = 0;
    },
    troubled(delayMs) {
      adaptiveMs = Math.min(2 * Math.max(adaptiveMs, delayMs), MAX_ADAPTIVE_DELAY_MS);
    },
    pauseUntil(at) {
      notBeforeAt = Math.max(notBeforeAt, at);
    },
    shut(reason) {
      if (shutFor !== null && reason.untilAt <= shutFor.untilAt) return;
      shutFor = reason;
      onShut?.(reason);
    },
    refused: () => ++refusals >= REFUSALS_TO_SHUT,
    silent: () => ++silences >= SILENT_VISITS,
  };
}
