/*
What the runner asks of whoever scrapes: to watch the metrics of a benchmark's procs and to keep them in its directory. The
runner gets this as an argument; a run without it scrapes nothing.
*/

/** A proc that exports metrics. */
type WatchedProc = {
	readonly label: string;
	/** Prometheus's `job`: `unreplicated_client`. */
	readonly job: string;
	/** The host's address as the cluster file has it. */
	readonly host: string;
	readonly ip: string;
	/** Of its metrics. */
	readonly port: number;
};

export type WatchOptions = {
	/** The benchmark directory, on this machine. */
	readonly directory: string;
	/** Names of samples that are recorded at every scrape, others now and then; one that ends in `*` stands for all that begin so. */
	readonly names: readonly string[];
	readonly intervalMs: number;
	/** Told what goes wrong, once for each proc; one sentence. */
	readonly onTrouble: (message: string) => void;
};

/** How the scraping of a proc goes. */
export type WatchStatus = {
	readonly label: string;
	readonly scrapes: number;
	readonly failures: number;
	/** Of the last answer. */
	readonly lastDurationMs?: number;
};

export type MetricsWatch = {
	/** Begins with a proc, as soon as it runs. */
	add(proc: WatchedProc): void;
	/** Ends with one that exited. */
	remove(label: string): void;
	status(): readonly WatchStatus[];
	/** Ends all and writes the rest of the record; what goes wrong is told. Idempotent. */
	finish(): Promise<void>;
	/** Whether to settle takes less than a tenth of a second, most of it on another thread. */
	isSmall(): boolean;
	/** Settles when a finished record is compressed and on the disk, and takes no second place there. */
	settle(): Promise<void>;
};

export type WatchMetrics = (options: WatchOptions) => Promise<MetricsWatch>;
