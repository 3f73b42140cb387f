using WorkflowStudio.Engine.Practice.Forms;

namespace WorkflowStudio.Tests.Support;

/// <summary>Forms of a <see cref="PracticeFixture"/>.</summary>
internal static class FormsOfPractice
{
    /// <summary>What the forms of tests ask for: of every type one.</summary>
    public static FormContent All { get; } = new()
    {
        Name = "Intake",
        Status = FormStatus.Open,
        Fields =
        [
            new() { Key = "first_name", Label = "First name", Required = true },
            new() { Key = "email", Label = "E-mail", Type = FormFieldType.Email },
            new() { Key = "mobile", Label = "Phone", Type = FormFieldType.Phone },
            new() { Key = "message", Label = "Message", Type = FormFieldType.LongText },
            new() { Key = "age", Label = "Age", Type = FormFieldType.Number },
            new() { Key = "day", Label = "Day", Type = FormFieldType.Date },
            new() { Key = "plan", Label = "Plan", Type = FormFieldType.Choice, Choices = ["Gold", "Silver"] },
            new() { Key = "consent", Label = "I agree", Type = FormFieldType.Checkbox },
        ],
    };

    public static async Task<OpenForm> OpenFormAsync(this PracticeFixture practice, string name = "Intake", FormContent? content = null)
    {
        var made = await practice.FormStore.AddAsync(practice.Tenant, (content ?? All) with { Name = name }, null, default);
        var form = Assert.IsType<FormOutcome.Done>(made).Form;
        return (await practice.Inbox.FindAsync(form.Url[(form.Url.LastIndexOf('/') + 1)..], default))!;
    }

    /// <summary>Sends a form with what has to stand in it; answers the id of the submission.</summary>
    public static async Task<Guid> SendAsync(
        this PracticeFixture practice, OpenForm form, string page, params (string Key, string Text)[] more)
    {
        var texts = new Dictionary<string, string> { ["first_name"] = "Maria" };
        foreach (var (key, text) in more) texts[key] = text;
        return Assert.IsType<FormReception.Taken>(await practice.Inbox.TakeAsync(form, page, texts, default)).Id;
    }
}
