using System.Text.Encodings.Web;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>What somebody has filled into a form, read by its fields.</summary>
public sealed class FormAnswers
{
    /// <summary>How many characters all answers of a submission may have together: runs carry them along.</summary>
    public const int MostCharacters = 60_000;

    // a run shows them in its own JSON, not in HTML
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<FormField> fields;

    private FormAnswers(IReadOnlyList<FormField> fields) => this.fields = fields;

    /// <summary>What is wrong, by the keys of the fields; empty for the whole.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; private set; } = [];

    /// <summary>
    /// The values by key: <see cref="string"/>, <see cref="decimal"/>, <see cref="bool"/>, <see cref="DateOnly"/>, or null for nothing.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Values => values;

    /// <summary>Who they are from, as far as they say so. Without a way to reach them nobody can be told.</summary>
    public ContactFields Contact
    {
        get
        {
            var told = ContactFields.From(Json());
            var fields = ContactFields.Of(told.FirstName, told.LastName, First(FormFieldType.Email), First(FormFieldType.Phone));
            return fields is { Email: null, Phone: null } ? ContactFields.None : fields;
        }
    }

    /// <summary>Reads what was sent, by the keys of the fields; what is not asked for is passed over.</summary>
    public static FormAnswers Read(IReadOnlyList<FormField> fields, IReadOnlyDictionary<string, string> texts)
    {
        var answers = new FormAnswers(fields);
        var problems = new List<FieldProblem>();
        foreach (var field in fields)
        {
            var text = texts.GetValueOrDefault(field.Key) ?? "";
            if (Wrong(field, text, out var value) is { } wrong) problems.Add(new(field.Key, wrong));
            answers.values[field.Key] = value;
        }

        if (problems.Count == 0 && answers.values.Values.Sum(v => v is string text ? text.Length : 0) > MostCharacters)
            problems.Add(new("", $"All answers together have more than {MostCharacters:N0} characters. Shorten the longest ones."));
        answers.Problems = problems;
        return answers;
    }

    /// <summary>The values as a JSON object, in the order of the fields.</summary>
    public JsonElement Json()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var w = new Utf8JsonWriter(buffer, Writing))
        {
            w.WriteStartObject();
            foreach (var field in fields) Write(w, field.Key, values[field.Key]);
            w.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    internal static void Write(Utf8JsonWriter w, string key, object? value)
    {
        w.WritePropertyName(key);
        switch (value)
        {
            case null: w.WriteNullValue(); break;
            case bool flag: w.WriteBooleanValue(flag); break;
            case decimal number: w.WriteRawValue(FieldReading.Text(number)); break;
            default: w.WriteStringValue(FieldReading.Text(value)); break;
        }
    }

    private static string? Wrong(FormField field, string text, out object? value)
    {
        value = null;
        var label = Sentence(field.Label);
        if (field.Type == FormFieldType.Checkbox)
        {
            value = text.Length > 0 && text != "false";
            return field.Required && value is false ? $"“{label}” has to be ticked." : null;
        }

        // a browser sends line breaks as two characters, and nothing else that cannot be shown
        var plain = text.ReplaceLineEndings("\n");
        if (plain.Any(c => char.IsControl(c) && c != '\t' && !(c == '\n' && field.Type == FormFieldType.LongText)))
            return $"“{label}” has characters that cannot be shown. Type it anew.";
        if (plain.Trim().Length == 0) return field.Required ? $"“{label}” is missing." : null;
        if (FieldReading.TryRead(new Asked(field, label), plain.Replace('\t', ' '), out value, out var wrong)) return null;
        return field.Type switch
        {
            FormFieldType.Choice => $"“{label}” is one of the choices.",
            FormFieldType.Date => $"“{label}” has to be a day.",
            FormFieldType.Number => $"“{label}” has to be a number, with at most four decimals.",
            _ => wrong,
        };
    }

    private static string Sentence(string label) => ShownText.Cut(label.TrimEnd('*', ':', ' '), 80);

    private string? First(FormFieldType type) => fields.Where(f => f.Type == type)
        .Select(f => values[f.Key] as string).FirstOrDefault(v => v is not null);

    /// <summary>A field of a form as the tables of the practice read one.</summary>
    private sealed class Asked : PracticeField
    {
        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Asked(FormField field, string label)
        {
            (Name, Label, Longest, Least, Most) = (field.Key, $"“{label}”", field.MostCharacters, -1_000_000_000, 1_000_000_000);
            Choices = [.. field.Choices.Select(c => new FieldChoice(c, c))];
            Kind = field.Type switch
            {
                FormFieldType.LongText => FieldKind.LongText,
                FormFieldType.Email => FieldKind.Email,
                FormFieldType.Phone => FieldKind.Phone,
                FormFieldType.Number => FieldKind.Number,
                FormFieldType.Date => FieldKind.Day,
                FormFieldType.Choice => FieldKind.Choice,
                _ => FieldKind.Text,
            };
        }
    }
}
