namespace WorkflowStudio.Components.Shared;

/// <summary>
/// A row of a grid. It is the same row as long as its id is: what is read anew is drawn into it, and whoever has the focus or a menu in it
/// keeps them.
/// </summary>
public sealed record GridRow<T>(object Id, T Item)
{
    public bool Equals(GridRow<T>? other) => Id.Equals(other?.Id);

    public override int GetHashCode() => Id.GetHashCode();
}
