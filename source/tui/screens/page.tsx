import {Box, useApp} from 'ink';
import {type ReactElement, type ReactNode, useState} from 'react';
import {Footer} from '../components/footer.tsx';
import {Help} from '../components/help.tsx';
import {Palette, type Shortcut} from '../components/palette.tsx';
import {PromptLine} from '../components/prompt-line.tsx';
import {Rows} from '../components/rows.tsx';
import {useKeys} from '../hooks/use-keys.ts';
import {bindingsIn, type CommandOf, type KeyPlace} from '../keys/keymap.ts';
import {type Line, segment, spread} from '../text/line.ts';
import {emptyPrompt, type Prompt} from '../text/prompt.ts';
import {suspendProcess} from '../terminal/suspend.ts';
import {useBrowser} from './context.ts';
import {type Navigation, type ScreenSize} from './place.ts';

/** A question that a person answers by typing, in the place of the status line. */
export type Asked = {
	readonly sign: string;
	/** What the line begins with. */
	readonly text?: string;
	/** What stands behind what is typed: how many match, what is wrong with it. */
	readonly note?: (text: string) => string;
	/** Called while typing, too, where the answer shows at once. */
	readonly onChange?: (text: string) => void;
	/** What tab makes of what is typed. */
	readonly complete?: (text: string) => string;
	readonly onSubmit: (text: string) => void;
	readonly onCancel: () => void;
};

type PageProps<Place extends KeyPlace> = ScreenSize & {
	readonly isActive: boolean;
	readonly navigation: Navigation;
	/** Where a person is: `suites`, `suites › HAOS`. */
	readonly title: Line;
	/** What the header's right end says. */
	readonly right?: Line;
	/** The keys that hold, beside those that always do. */
	readonly places: readonly Place[];
	/** Footer commands to show first, and those that do nothing now. */
	readonly first?: readonly string[];
	readonly without?: readonly string[];
	/** What the palette offers beside what keys do. */
	readonly shortcuts?: () => readonly Shortcut[];
	/** What has just happened, or is the matter. */
	readonly status?: Line;
	readonly asked?: Asked;
	/** A dialog over the page; it has the keyboard. */
	readonly dialog?: ReactElement | false;
	/** `back` is for the screen: it returns true where it had something of its own to close. */
	readonly onBack?: () => boolean;
	readonly onCommand: (command: CommandOf<Place>) => void;
	readonly children: ReactNode;
};

/** Rows of a page that are not its body: header, status, footer. */
export const pageRows = 3;

/** A screen of the browser: header, body, a status line or what is being typed, and the keys. */
export function Page<Place extends KeyPlace>({
	columns,
	rows,
	isActive,
	navigation,
	title,
	right = [],
	places,
	first,
	without = [],
	shortcuts,
	status = [],
	asked,
	dialog,
	onBack,
	onCommand,
	children,
}: PageProps<Place>) {
	const [over, setOver] = useState<'help' | 'palette'>();
	const {suspendTerminal} = useApp();
	const {onEnd} = useBrowser();
	const all: readonly KeyPlace[] = [...places, 'general'];
	const take = (command: CommandOf<KeyPlace>) => {
		switch (command) {
			case 'help':
			case 'palette': {
				setOver(command);
				break;
			}

			case 'suspend': {
				void suspendProcess(suspendTerminal);
				break;
			}

			case 'interrupt': {
				onEnd({kind: 'quit'});
				break;
			}

			case 'back':
			case 'quit': {
				if (!onBack?.()) {
					navigation.back();
				}

				break;
			}

			default: {
				onCommand(command);
			}
		}
	};

	useKeys<KeyPlace>(all, take, isActive && over === undefined && !asked && !dialog);
	const close = () => {
		setOver(undefined);
	};

	if (!isActive) {
		return null;
	}

	if (over === 'help') {
		return <Help places={all} without={without} width={columns} height={rows} onClose={close} />;
	}

	if (dialog) {
		return dialog;
	}

	return (
		<Box flexDirection='column' width={columns} height={rows}>
			<Rows
				lines={[spread([segment(' benchdeck', 'accent', {bold: true}), segment('  '), ...title], [...right, segment(' ')], columns)]}
				width={columns}
			/>
			{over === 'palette'
				? (
					<Palette
						bindings={bindingsIn(all).filter(({command}) => !without.includes(command))}
						shortcuts={shortcuts?.() ?? []}
						width={columns}
						height={rows - 2}
						onClose={close}
						onCommand={command => {
							take(command as CommandOf<KeyPlace>);
						}}
					/>
				)
				: (
					<>
						<Box flexDirection='column' width={columns} height={rows - pageRows}>
							{children}
						</Box>
						{asked
							? (
								<AskedLine key={asked.sign} asked={asked} width={columns} />
							)
							: (
								<Rows lines={[[segment(' '), ...status]]} width={columns} />
							)}
					</>
				)}
			<Footer places={all} first={first} without={without} isInner={!navigation.isTop} width={columns} />
		</Box>
	);
}

function AskedLine({asked, width}: {readonly asked: Asked; readonly width: number}) {
	const {text = '', sign, note, complete, onChange, onSubmit, onCancel} = asked;
	const [prompt, setPrompt] = useState<Prompt>(text === '' ? emptyPrompt : {text, cursor: text.length});
	return (
		<PromptLine
			sign={sign} prompt={prompt} width={width} note={note?.(prompt.text)}
			onChange={next => {
				setPrompt(next);
				onChange?.(next.text);
			}}
			onSubmit={onSubmit} onCancel={onCancel}
			onMove={complete && (() => {
				const whole = complete(prompt.text);
				setPrompt({text: whole, cursor: whole.length});
			})}
		/>
	);
}
