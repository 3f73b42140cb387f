using System.Globalization;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Components.Practice.Forms;

/// <summary>
/// A form while somebody works on it: texts as they are typed, whatever they are, until they are saved. Nothing that is read anew takes
/// them away.
/// </summary>
public sealed class FormDraft
{
    private const string Moment = "yyyy-MM-dd'T'HH:mm";

    private readonly StudioFormat format;
    private FormContent saved;

    private FormDraft(Form form, StudioFormat format)
    {
        this.format = format;
        saved = form.Content;
        Id = form.Id;
        Take(form);
    }

    /// <summary>The form.</summary>
    public Guid Id { get; }

    public string Name { get; set; } = "";

    public string Title { get; set; } = "";

    public string Intro { get; set; } = "";

    public string Thanks { get; set; } = "";

    /// <summary>When it closes, on the practice's clock, as the browser writes a day and a time; empty for never.</summary>
    public string ClosesAt { get; set; } = "";

    /// <summary>Its fields, in order.</summary>
    public List<FieldDraft> Fields { get; } = [];

    /// <summary>The revision that it is a change of.</summary>
    public int Revision { get; private set; }

    /// <summary>What is wrong, by places as <see cref="FormRules.Check"/> names them.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; private set; } = new Dictionary<string, string>();

    /// <summary>The form as it stands there, whether it could be saved or not.</summary>
    public FormContent Content => new()
    {
        Name = Name, Title = Title, Intro = Intro, Thanks = Thanks, Status = saved.Status, ClosesAt = Closing(),
        Fields = [.. Fields.Select(f => f.Field)],
    };

    /// <summary>Whether something stands there that is not saved.</summary>
    public bool IsDirty => !FormRules.Check(Content).Content.Equals(saved) || HasWrongTexts;

    private bool HasWrongTexts => WrongClosing || Fields.Any(f => f.WrongLength);

    private bool WrongClosing => ClosesAt.Length > 0 && Closing() is null;

    /// <summary>Begins with a form as it is.</summary>
    public static FormDraft Of(Form form, StudioFormat format) => new(form, format);

    /// <summary>The same as the form is now; what stood there is gone.</summary>
    public void Take(Form form)
    {
        (saved, Revision, Problems) = (form.Content, form.Revision, new Dictionary<string, string>());
        (Name, Title, Intro, Thanks) = (saved.Name, saved.Title, saved.Intro, saved.Thanks);
        ClosesAt = saved.ClosesAt is { } at ? format.Local(at).ToString(Moment, CultureInfo.InvariantCulture) : "";
        Fields.Clear();
        Fields.AddRange(saved.Fields.Select(f => new FieldDraft(f)));
    }

    /// <summary>The form as it was saved; what was typed since <paramref name="sent"/> stays, as a change of that.</summary>
    public void Take(Form form, FormContent sent)
    {
        if (!HasWrongTexts && Content.Equals(sent)) Take(form);
        else Follow(form);
    }

    /// <summary>What stands there becomes a change of the form as somebody has left it.</summary>
    public void Follow(Form form)
    {
        (saved, Revision) = (form.Content, form.Revision);
        foreach (var field in Fields.Where(f => saved.Fields.Any(s => s.Key == f.Key))) field.KeyFollows = false; // values come by it
    }

    /// <summary>Adds a field at the end; null when there are as many as there can be.</summary>
    public FieldDraft? Add(FormFieldType type)
    {
        if (Fields.Count >= FormContent.MostFields) return null;
        var field = new FieldDraft(new FormField { Type = type }) { KeyFollows = true };
        Fields.Add(field);
        Rename(field, FormWords.Type(type));
        if (type == FormFieldType.Choice) field.Choices = "First choice\nSecond choice";
        return field;
    }

    /// <summary>Gives a field another label. The key of a new one follows it.</summary>
    public void Rename(FieldDraft field, string label)
    {
        field.Label = label;
        if (field.KeyFollows) field.Key = FormRules.KeyFor(label, Fields.Where(f => f != field).Select(f => f.Key));
    }

    /// <summary>Moves a field up (−1) or down (1), as far as it goes.</summary>
    public void Move(FieldDraft field, int by)
    {
        var (from, to) = (Fields.IndexOf(field), Fields.IndexOf(field) + by);
        if (from < 0 || to < 0 || to >= Fields.Count) return;
        (Fields[from], Fields[to]) = (Fields[to], Fields[from]);
    }

    /// <summary>What is to be saved with this status; null where something is wrong, which <see cref="Problems"/> says.</summary>
    public FormContent? Read(FormStatus status)
    {
        var (content, found) = FormRules.Check(Content with { Status = status });
        var problems = found.ToList();
        if (WrongClosing) problems.Add(new("closesAt", "Choose a day and a time, or none."));
        problems.AddRange(Fields.Index().Where(f => f.Item.WrongLength)
            .Select(f => new FieldProblem($"fields[{f.Index}].longest", "Longest is a whole number, or empty.")));
        Say(problems);
        return problems.Count == 0 ? content : null;
    }

    /// <summary>Tells what is wrong.</summary>
    public void Say(IEnumerable<FieldProblem> problems) =>
        Problems = problems.GroupBy(p => p.Field).ToDictionary(g => g.Key, g => g.First().Message);

    /// <summary>What is wrong with a part of a field; null when nothing is.</summary>
    public string? Problem(FieldDraft field, string part) => Problems.GetValueOrDefault($"fields[{Fields.IndexOf(field)}].{part}");

    /// <summary>Whether anything is wrong with a field.</summary>
    public bool IsWrong(FieldDraft field)
    {
        var place = $"fields[{Fields.IndexOf(field)}].";
        return Problems.Keys.Any(k => k.StartsWith(place, StringComparison.Ordinal));
    }

    // a time that was not touched stays what it is, to the second
    private DateTimeOffset? Closing()
    {
        if (saved.ClosesAt is { } at && format.Local(at).ToString(Moment, CultureInfo.InvariantCulture) == ClosesAt) return at;
        return DateTime.TryParseExact(
            ClosesAt, [Moment, Moment + ":ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? format.At(time)
            : null;
    }
}

/// <summary>A field of a form while somebody works on it.</summary>
public sealed class FieldDraft
{
    private readonly FormField origin;

    public FieldDraft(FormField field)
    {
        origin = field;
        (Key, Label, Type, Required, Hint) = (field.Key, field.Label, field.Type, field.Required, field.Hint);
        Choices = string.Join('\n', field.Choices);
        Longest = field.Longest?.ToString(CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>What tells it from the others while they move.</summary>
    public object Identity { get; } = new();

    public string Key { get; set; }

    public string Label { get; set; }

    public FormFieldType Type { get; set; }

    public bool Required { get; set; }

    public string Hint { get; set; }

    /// <summary>One in a line.</summary>
    public string Choices { get; set; }

    public string Longest { get; set; }

    /// <summary>Whether the key is made of the label: of a new field, until somebody gives it one.</summary>
    public bool KeyFollows { get; set; }

    /// <summary>Whether what stands in <see cref="Longest"/> is no number.</summary>
    public bool WrongLength => IsText && Longest.Trim().Length > 0 && Length is null;

    /// <summary>Whether it is text whose length may be chosen.</summary>
    public bool IsText => (origin with { Type = Type }).IsText;

    /// <summary>The field as it stands there.</summary>
    public FormField Field => origin with
    {
        Key = Key,
        Label = Label,
        Type = Type,
        Required = Required,
        Hint = Hint,
        Longest = IsText ? Length : null,
        Choices = Type == FormFieldType.Choice ? [.. Choices.Split('\n').Select(c => c.Trim()).Where(c => c.Length > 0)] : [],
    };

    private int? Length => int.TryParse(Longest.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
