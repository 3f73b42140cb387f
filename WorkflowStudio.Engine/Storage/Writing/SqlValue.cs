namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>
/// A value for a parameter of a <see cref="Statement"/>. Numbers lie in it without a box: a run writes a hundred of them.
/// </summary>
internal readonly struct SqlValue
{
    private readonly object? reference;

    private SqlValue(long number) => (Number, IsNumber) = (number, true);

    private SqlValue(object? reference) => this.reference = reference;

    /// <summary>Whether it is a number; true and false are 1 and 0.</summary>
    public bool IsNumber { get; }

    /// <summary>The number, when it is one.</summary>
    public long Number { get; }

    /// <summary>The text, when it is one.</summary>
    public string? Text => reference as string;

    /// <summary>The bytes, when it is some.</summary>
    public byte[]? Bytes => reference as byte[];

    public static implicit operator SqlValue(int value) => new(value);

    public static implicit operator SqlValue(long value) => new(value);

    public static implicit operator SqlValue(long? value) => value is { } number ? new(number) : default;

    public static implicit operator SqlValue(bool value) => new(value ? 1 : 0);

    public static implicit operator SqlValue(string? value) => new(value);

    public static implicit operator SqlValue(byte[]? value) => new(value);
}
