export type SchedulerErrorCode = 'queue-full' | 'deadline' | 'cancelled' | 'stopped';

/** Why a text was not computed. Never the fault of the text itself. */
export class SchedulerError extends Error {
  readonly code: SchedulerErrorCode;

  constructor(code: SchedulerErrorCode, message: string) {
    super(message);
    this.name = 'SchedulerError';
    this.code = code;
  }
}
