/** Time, injected so that a night's suite runs in milliseconds in a test. */
export type Clock = {
	/** Epoch ms; its fraction may hold microseconds. */
	now(): number;
	/** Resolves after the time, or at once when the signal aborts; never rejects. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
};
