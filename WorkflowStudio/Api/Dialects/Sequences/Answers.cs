using System.Buffers;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>The answers of this dialect: <c>{data}</c>, and <c>{data, pagination}</c> for lists.</summary>
internal static class SequencesAnswers
{
    /// <summary>One thing.</summary>
    public static ApiAnswer One(Action<Utf8JsonWriter> fields, int status = StatusCodes.Status200OK) => Written(status, w =>
    {
        w.WriteStartObject("data");
        fields(w);
        w.WriteEndObject();
    });

    /// <summary>A page of things.</summary>
    /// <param name="items">They.</param>
    /// <param name="fields">Writes the fields of one.</param>
    /// <param name="page">The page.</param>
    /// <param name="total">How many there are in all.</param>
    public static ApiAnswer Page<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> fields, PageOf page, int total) =>
        Part(items, fields, w =>
        {
            w.WriteNumber("page", page.Number);
            w.WriteNumber("limit", page.Limit);
            w.WriteNumber("total", total);
            w.WriteNumber("totalPages", (total + page.Limit - 1) / page.Limit);
        });

    /// <summary>A list that is answered as a whole.</summary>
    public static ApiAnswer List<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> fields) => Written(StatusCodes.Status200OK, w =>
        Write(w, items, fields));

    /// <summary>A part of a list that is read on from where it ends.</summary>
    /// <param name="items">They.</param>
    /// <param name="fields">Writes the fields of one.</param>
    /// <param name="pagination">Writes how it is read on.</param>
    public static ApiAnswer Part<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> fields, Action<Utf8JsonWriter> pagination) =>
        Written(StatusCodes.Status200OK, w =>
        {
            Write(w, items, fields);
            w.WriteStartObject("pagination");
            pagination(w);
            w.WriteEndObject();
        });

    /// <summary>A template that was made.</summary>
    public static ApiAnswer Created(CreatedWorkflow created) => One(new Template(created.Defined).Write, StatusCodes.Status201Created) with
    {
        Location = $"/api/v1/workflows/{ShownId.Workflow(created.Id)}",
        Tag = created.Defined.Tag,
    };

    /// <summary>A template that was changed.</summary>
    public static ApiAnswer Changed(DefinedWorkflow workflow) => One(new Template(workflow).Write) with { Tag = workflow.Tag };

    private static void Write<T>(Utf8JsonWriter w, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> fields)
    {
        w.WriteStartArray("data");
        foreach (var item in items)
        {
            w.WriteStartObject();
            fields(w, item);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static ApiAnswer Written(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var w = new Utf8JsonWriter(buffer, SequencesJson.Writing))
        {
            w.WriteStartObject();
            write(w);
            w.WriteEndObject();
        }

        return new ApiAnswer(status, buffer.WrittenMemory);
    }
}

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Limit">Its length, 1 to <see cref="Most"/>.</param>
internal readonly record struct PageOf(int Number, int Limit)
{
    /// <summary>The longest page; more is cut to it.</summary>
    public const int Most = 100;

    private const int Usual = 20;

    /// <summary>How many are before it.</summary>
    public int Skip => (int)Math.Min((Number - 1L) * Limit, int.MaxValue);

    /// <summary>Reads <c>page</c> and <c>limit</c>.</summary>
    public static PageOf Read(Routes.QueryReader query) => new(query.Count("page", 1), Math.Min(query.Count("limit", Usual), Most));
}
