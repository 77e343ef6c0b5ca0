/** What a screen of the browser shows. A stack of them is where a person is, and how it was reached. */
export type Place =
	| {readonly kind: 'home'}
	| {readonly kind: 'suites'}
	| {readonly kind: 'suite'; readonly path: string}
	| {readonly kind: 'benchmark'; readonly path: string; readonly id: string}
	| {readonly kind: 'compare'; readonly paths: readonly string[]}
	| {readonly kind: 'plot'; readonly paths: readonly string[]}
	/** What would run. */
	| {readonly kind: 'plan'; readonly suite: string};

/** What a screen can ask of the browser around it. */
export type Navigation = {
	open(place: Place): void;
	/** There is no screen before. */
	readonly isTop: boolean;
	/** To the screen before, or out. */
	back(): void;
};

/** Of the terminal. */
export type ScreenSize = {
	readonly columns: number;
	readonly rows: number;
};

/** What every screen of the browser gets. */
export type ScreenProps = ScreenSize & {
	readonly navigation: Navigation;
	/** It is the one that is shown, and has the keyboard. */
	readonly isActive: boolean;
};
