/** A symbol of the icon font that the page has loaded with Radzen's theme. */
export function Icon({ name, filled = false, className = '' }: { name: string; filled?: boolean; className?: string }) {
  return <span className={`ws-icon${filled ? ' is-filled' : ''} ${className}`} aria-hidden="true" translate="no">{name}</span>;
}
