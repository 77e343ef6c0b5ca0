/*
What the runner asks of a machine, and what it gets back for each process. `LocalHost`, `SshHost` and `FakeHost`
implement it; `RetryingHost` wraps one. A host runs every proc under its supervisor: a small `sh` program whose standard
input is the lease. When that closes, for whatever reason, nothing that the host started stays alive.
*/

/** A byte stream to a port, as `node:stream`'s Duplex is one. */
export type Channel = AsyncIterable<Uint8Array> & {
	write(chunk: Uint8Array | string): boolean;
	destroy(): unknown;
};

export type ProcSpec = {
	/** Names the proc inside its benchmark: `server`, `client_0`. */
	readonly label: string;
	/** The program and its arguments, unquoted. */
	readonly argv: readonly string[];
	/** Added to the environment that the supervisor has. */
	readonly env?: Readonly<Record<string, string>>;
	/** Working directory on the host: the benchmark directory. */
	readonly cwd: string;
	/** Files on the host for the two streams; they are truncated. */
	readonly stdout: string;
	readonly stderr: string;
};

export type ProcExit = {
	/** The exit code, or minus the number of the signal; undefined where the host was lost before it was known. */
	readonly returnCode: number | undefined;
	/** True where benchdeck ended it, rather than it ending by itself. */
	readonly ended: boolean;
	/** When the runner learnt of it, epoch ms. */
	readonly at: number;
};

export type Signal = 'SIGTERM' | 'SIGKILL' | 'SIGQUIT' | 'SIGINT';

export type Proc = {
	readonly label: string;
	/** Of the program itself, on its host, not of a shell around it; it leads a process group of the same number. */
	readonly pid: number;
	/** Epoch ms. */
	readonly startedAt: number;
	/** Settles when the proc is gone or its host is lost; never rejects. */
	readonly exited: Promise<ProcExit>;
	/** Sends a signal to the whole process group; a no-op on one that has gone. */
	signal(name: Signal): Promise<void>;
	/** TERM to the process group, KILL after the grace (default 2000 ms). Idempotent; settles with `exited`. */
	kill(graceMs?: number): Promise<ProcExit>;
};

export type CommandResult = {
	readonly returnCode: number;
	readonly stdout: string;
	readonly stderr: string;
};

/** Files on the host. Paths are absolute. Every failure is a BenchError that names host and path. */
export type HostFiles = {
	makeDirectory(path: string): Promise<void>;
	/** Whole or not at all: written under a temporary name and renamed. */
	write(path: string, content: string | Uint8Array): Promise<void>;
	/** At most `length` bytes from `offset`; fewer at the end of the file. */
	read(path: string, offset: number, length: number): Promise<Uint8Array>;
	/** In bytes; undefined where there is no such file. */
	size(path: string): Promise<number | undefined>;
	/** A file of this machine to the host. */
	upload(from: string, to: string): Promise<void>;
	/** A file of the host to this machine, sizes checked. */
	download(from: string, to: string): Promise<void>;
	/** Names in a directory, sorted. */
	list(path: string): Promise<readonly string[]>;
	/** A file, or a directory with all that is in it. */
	remove(path: string): Promise<void>;
};

/** What a connection to a host says of itself. */
export type ConnectionFacts = {
	readonly user: string;
	/** As OpenSSH prints it: `SHA256:…`. */
	readonly hostKey: string;
	readonly cipher: string;
	/** Sessions that one connection may have beside the supervisor's; counted up to ten. */
	readonly sessions: number;
};

export type Host = {
	/** As the cluster file names it; what events and messages say. */
	readonly address: string;
	/** As flags, config files and pids.json name it. */
	readonly ip: string;
	/** `local` runs under a pipe, `ssh` under a channel. */
	readonly kind: 'local' | 'ssh' | 'fake';
	readonly files: HostFiles;
	/** Settles when the host is lost (never rejects, stays pending on a close in order): the reason, naming the host. */
	readonly lost: Promise<Error>;
	/** Starts a proc; rejects with a BenchError where the program, the directory or the connection is not there. */
	start(spec: ProcSpec): Promise<Proc>;
	/** Runs a short command to its end; output is cut at 1 MiB a stream. Rejects only on a deadline (default 10 s) or a lost host. */
	run(argv: readonly string[], options?: {readonly timeoutMs?: number; readonly input?: string}): Promise<CommandResult>;
	/** Opens a TCP connection to a port as that host sees it; rejects where nothing accepts. */
	open(endpoint: {readonly ip: string; readonly port: number}, timeoutMs: number): Promise<Channel>;
	/** How it is connected; undefined where there is no connection to speak of. */
	describe?(): Promise<ConnectionFacts>;
	/** Ends every proc that still runs (TERM, grace, KILL), then lets go of the host. Idempotent. */
	close(): Promise<void>;
};

/** Environment variables that every proc of a host carries, as of now. */
export type ProcMarks = () => Readonly<Record<string, string>>;

/** Signal numbers as POSIX systems that benchdeck runs on agree on them. */
const signalNumbers = {
	SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGFPE: 8, SIGKILL: 9, SIGSEGV: 11, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15,
} as const satisfies Record<string, number>;

/** `-15` → `SIGTERM`; a positive code → undefined. */
export function signalName(returnCode: number): string | undefined {
	const found = Object.entries(signalNumbers).find(([, number]) => number === -returnCode);
	return found?.[0] ?? (returnCode < 0 ? `signal ${-returnCode}` : undefined);
}
