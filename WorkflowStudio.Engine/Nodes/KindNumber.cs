using System.Text.Json;
using System.Text.Json.Serialization;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>The numbers of settings and outputs: a JSON number, or the text of one as <see cref="NumberText"/> reads it.</summary>
internal static class KindNumber
{
    /// <summary>The kinds of numbers that settings and outputs have.</summary>
    public static IReadOnlyList<JsonConverter> All { get; } =
    [
        new Whole<int>(n => n is >= int.MinValue and <= int.MaxValue ? (int)n : null, (writer, value) => writer.WriteNumberValue(value)),
        new Whole<long>(
            n => n is >= long.MinValue and <= long.MaxValue ? (long)n : null, (writer, value) => writer.WriteNumberValue(value)),
        new Exact(),
        new Wide(),
    ];

    private static decimal? Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetDecimal(out var number) => number,
        JsonTokenType.String when NumberText.TryRead(reader.GetString(), out var number) => number,
        _ => null,
    };

    private sealed class Whole<T>(Func<decimal, T?> read, Action<Utf8JsonWriter, T> write) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            KindNumber.Read(ref reader) is { } number && decimal.IsInteger(number) && read(number) is { } value
                ? value
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(writer, value);
    }

    private sealed class Exact : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            KindNumber.Read(ref reader) ?? throw new JsonException();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }

    private sealed class Wide : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number
                ? reader.GetDouble()
                : (double)(KindNumber.Read(ref reader) ?? throw new JsonException());

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }
}
