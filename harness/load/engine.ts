import type { Context } from '../host/index.js';
import type { EngineName } from '../model/plan.js';
import type { StageResult } from '../model/record.js';
import type { BodySet, RequestPlan } from '../model/request.js';
import type { Stage } from '../model/stage.js';
import type { CommonWindow } from './common-window.js';
import type { RequestRow } from './row.js';

/** Where the load goes. */
export interface LoadTarget {
  /** Base URL of the server; the plan's path is appended. */
  url: string;
  request: RequestPlan;
  timeoutS: number;
}

export interface DriveOptions {
  stage: Stage;
  target: LoadTarget;
  bodies: BodySet;
  /** Body index -> score at concurrency 1. */
  golden: ReadonlyMap<number, number>;
  /** A score may differ from its golden score by this much. */
  tolerance: number;
  seed: number;
  /** Of a replay's file, ms from the first; needed for replays alone. */
  momentsMs?: Float64Array;
  /** The first ticket of the stage (0 when absent): body = ticket mod count, so a later stage can go on where an earlier one stopped. */
  firstTicket?: number;
  /** Median time of an answer that meets no other request, ms; absent where it is not known. */
  aloneMs?: number;
  logFile: string;
  /** Telemetry watches the process from here on. */
  onSpawn: (pid: number) => void;
  /** All is known, and the engine is about to be told to stop: the last moment at which its process can be looked at. `windowToMs`: where the window closed, ms since the run started. */
  onSettled?: (windowToMs: number) => void;
  /** Of a part of a mix: its window closes when that of all does. */
  common?: Pick<CommonWindow, 'closedAtMs'>;
  /** Aborts when the server under test died. */
  serverGone: AbortSignal;
  /** Each row as it is read, warm-up included. The object is used again for the next row: copy what is kept. */
  onRow?: (row: Readonly<RequestRow>) => void;
}

/** A load engine. `drive` never rejects because of the engine, the server or the signal: the status of the result says what happened. */
export interface Engine {
  name: EngineName;
  version: string;
  /** `asked`, `cache`, `path`, `built`, `simulated server`, `fallback: …` */
  why: string;
  drive(options: DriveOptions, ctx: Context): Promise<StageResult>;
}
