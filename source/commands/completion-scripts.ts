import {type shells} from './completions.ts';

/** What each shell runs when it starts: `source <(benchdeck completion bash)`. */
export const completionScripts: Readonly<Record<typeof shells[number], string>> = {
	bash: `# benchdeck: source <(benchdeck completion bash)
_benchdeck() {
	local line
	COMPREPLY=()
	while IFS= read -r line; do
		COMPREPLY+=("$line")
	done < <("$1" complete bash "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
	if test "\${COMPREPLY[0]}" = :files; then
		COMPREPLY=()
	fi
}
complete -o bashdefault -o default -F _benchdeck benchdeck
`,
	zsh: `#compdef benchdeck
# benchdeck: source <(benchdeck completion zsh), after compinit
_benchdeck() {
	local line
	local -a offered
	while IFS= read -r line; do
		if [[ $line == :files ]]; then
			_files
			return
		fi
		offered+=("$line")
	done < <("$words[1]" complete zsh "\${(@)words[2,CURRENT]}" 2>/dev/null)
	_describe -V benchdeck offered
}
if [[ $funcstack[1] == _benchdeck ]]; then
	_benchdeck "$@"
else
	compdef _benchdeck benchdeck
fi
`,
	fish: String.raw`# benchdeck: benchdeck completion fish | source
function __benchdeck_complete
	set -l words (commandline -opc) (commandline -ct)
	set -l offered ($words[1] complete fish $words[2..-1] 2>/dev/null)
	if test "$offered[1]" = :files
		__fish_complete_path (commandline -ct)
	else
		printf '%s\n' $offered
	end
end
complete -c benchdeck -f -k -a '(__benchdeck_complete)'
`,
};
