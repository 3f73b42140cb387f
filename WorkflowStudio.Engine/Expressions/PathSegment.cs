using System.Text;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>One step of a path: a property or an item.</summary>
internal sealed class PathSegment
{
    private PathSegment(string? name, int index, bool optional)
    {
        (Name, Index, Optional) = (name, index, optional);
        Utf8 = name is null ? [] : Encoding.UTF8.GetBytes(name);
    }

    /// <summary>The property, or null for an item.</summary>
    public string? Name { get; }

    /// <summary>The item's place from 0, when <see cref="Name"/> is null.</summary>
    public int Index { get; }

    /// <summary>Whether the whole path is null when this segment finds nothing: <c>?.</c>.</summary>
    public bool Optional { get; }

    /// <summary>Where the name or position stands in the template's text.</summary>
    public int Position { get; init; }

    /// <summary>Where it ends.</summary>
    public int End { get; init; }

    /// <summary>The property in UTF-8, as JSON is searched for it.</summary>
    public byte[] Utf8 { get; }

    public static PathSegment Property(string name, bool optional, Token token) =>
        new(name, 0, optional) { Position = token.Start, End = token.End };

    public static PathSegment Item(int index, bool optional, Token token) =>
        new(null, index, optional) { Position = token.Start, End = token.End };
}
