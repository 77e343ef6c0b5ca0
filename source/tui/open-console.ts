/*
The live console: what `run` and `attach` open on a terminal. They say where the run is read and what may be done to it;
the answer says why the console ended. What is left in the normal screen (the console lines, how to come back) is written
here, so that it is the same for both.
*/
import {type RunActions, type RunSources} from '../core/console.ts';
import {type ScreenOptions} from './terminal/open-screen.tsx';

export type ConsoleOptions = ScreenOptions & {
	readonly sources: RunSources;
	readonly actions: RunActions;
	/**
	What Ctrl-C means: the console that started the run asks (detach, stop, cancel), and twice at once stops in order; an
	attached one detaches.
	*/
	readonly role: 'started' | 'attached';
	/** What a person types to come back: `benchdeck attach HAOS`. */
	readonly comeBack: string;
	/** Why this console has no power to stop the run, where it has none: `another machine runs it`. */
	readonly powerless?: string;
	/** @default Date.now */
	readonly clock?: () => number;
};

export type ConsoleEnd =
	| {readonly kind: 'quit'} // The run had ended, or this console never had a hold on it.
	| {readonly kind: 'detached'} // The run goes on: `d`, Ctrl-C in an attached one, TERM, HUP.
	| {readonly kind: 'stopped'} // A person asked for the run's end, and it has ended.
	| {readonly kind: 'browse'; readonly directory: string}; // A person wants the results browser next.

/** Loads what the console is drawn with, while a runner starts. */
export async function loadConsole(): Promise<void> {
	await import('./console/show-console.tsx');
}

/**
Opens the console and resolves when it is closed, the terminal restored and the summary written.

@throws a bug's error, after the terminal is restored
*/
export async function openConsole(options: ConsoleOptions): Promise<ConsoleEnd> {
	const {showConsole} = await import('./console/show-console.tsx');
	return showConsole(options);
}
