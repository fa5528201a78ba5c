// @ts-nocheck
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

/** What a shell is told, so that it asks the command itself what may come next. */
export function completionScript(shell: Shell, bin: string): string {
  const name = bin.replaceAll(/\W/g, '_');
  switch (shell) {
    case 'bash':
      return `_${name}_complete() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(${bin} complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _${name}_complete ${bin}
`;
    case 'zsh':
      return `#compdef ${bin}
_${name}() {
  local -a found
  found=(\${(f)"$(${bin} complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( $#found )); then compadd -a found; else _files; fi
}
compdef _${name} ${bin}
`;
    case 'fish':
      return `function __${name}_complete
  set -l words (commandline -opc)
  set -l found (${bin} complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c ${bin} -f -a '(__${name}_complete)'
`;
    case 'powershell':
      return `Register-ArgumentCompleter -Native -CommandName ${bin} -ScriptBlock {
  param($word, $ast, $position)
  $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($word -eq '') { $words += '""' }
  & ${bin} complete -- $words 2>$null | Where-Object { $_ -like "$word*" }
}
`;
  }
}
