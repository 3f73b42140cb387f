using System.Text;
using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>The syntax tree of the language. A closed set; <see cref="Evaluator"/> gives it meaning.</summary>
/// <param name="Position">Where it begins in the template's text, in characters from 0.</param>
internal abstract record Expression(int Position)
{
    /// <summary>A value that stands in the expression itself.</summary>
    public sealed record Literal(int Position, JsonElement Value) : Expression(Position);

    /// <summary>A path that begins at a root of the scope.</summary>
    /// <param name="Position">Where it begins.</param>
    /// <param name="Root">What it begins at.</param>
    /// <param name="Name">The step's id, the ambient name or the field; null for the payload.</param>
    /// <param name="Segments">The way from there.</param>
    /// <param name="Text">The path as written.</param>
    public sealed record Path(int Position, ReferenceRoot Root, string? Name, PathSegment[] Segments, string Text) : Expression(Position)
    {
        /// <summary>The name in UTF-8, as JSON is searched for it.</summary>
        public byte[] NameUtf8 { get; } = Name is null ? [] : Encoding.UTF8.GetBytes(Name);
    }

    /// <summary>A path that begins at a value in parentheses.</summary>
    public sealed record Access(int Position, Expression Target, PathSegment[] Segments, string Text) : Expression(Position);

    /// <summary><c>a ?? b ?? c</c>: the first that is neither missing nor null, else the last.</summary>
    public sealed record Coalesce(int Position, IReadOnlyList<Expression> Options) : Expression(Position);
}

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

    /// <summary>The property in UTF-8, as JSON is searched for it.</summary>
    public byte[] Utf8 { get; }

    public static PathSegment Property(string name, bool optional) => new(name, 0, optional);

    public static PathSegment Item(int index, bool optional) => new(null, index, optional);
}
