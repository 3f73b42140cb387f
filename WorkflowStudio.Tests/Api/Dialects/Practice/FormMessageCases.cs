using System.Text;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Tests.Api.Dialects.Graph;

namespace WorkflowStudio.Tests.Api.Dialects.Practice;

/// <summary>The messages of forms that are recorded.</summary>
internal static class FormMessageCases
{
    private const string Forms = "/api/v1/forms";
    private const string Sent = "/api/v1/form-submissions";
    private const string Nobody = "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001";
    private const string Intake = """
        {"name":"Intake","title":"New patients","intro":"We answer within a day.","status":"open","closesAt":"2030-01-31T18:00:00Z",
        "fields":[{"key":"first_name","label":"First name","required":true},{"key":"email","label":"E-mail","type":"email"},
        {"key":"message","label":"How can we help?","type":"longText","longest":2000,"hint":"In a few words."},
        {"key":"plan","label":"Plan","type":"choice","choices":["Gold","Silver"]},
        {"key":"consent","label":"You may write to me","type":"checkbox"}]}
        """;

    public static IReadOnlyList<MessageCase> All { get; } =
    [
        new("form_create", p => p.PostAsync(Forms, Intake)),
        new("form_refused", p => p.PostAsync(Forms,
            """{"status":"shut","closesAt":"tomorrow","titel":"x","fields":[{"key":"A","type":"file","size":1},7]}""")),
        new("form_refused_by_rules", p => p.PostAsync(Forms,
            """{"name":"x","fields":[{"key":"form_id","label":""},{"key":"plan","label":"Plan","type":"choice"}]}""")),
        new("form_list", async p =>
        {
            await MakeAsync(p);
            return await p.GetAsync($"{Forms}?status=open&search=in");
        }),
        new("form_list_refused", p => p.GetAsync($"{Forms}?status=shut&page=0")),
        new("form_read", async p => await p.GetAsync($"{Forms}/{await MakeAsync(p)}")),
        new("form_unknown", p => p.GetAsync($"{Forms}/{Nobody}")),
        new("form_update", async p =>
            await PatchAsync(p, $"{Forms}/{await MakeAsync(p)}", """{"status":"closed","revision":1}""")),
        new("form_update_stale", async p =>
            await PatchAsync(p, $"{Forms}/{await MakeAsync(p)}", """{"status":"closed","revision":7}""")),
        new("form_delete", async p => await p.SendAsync(HttpMethod.Delete, $"{Forms}/{await MakeAsync(p)}", null)),
        new("form_delete_used", async p => await p.SendAsync(HttpMethod.Delete, $"{Forms}/{(await SendAsync(p)).Form}", null)),
        new("submission_list", async p => await p.GetAsync(
            $"{Sent}?formId={(await SendAsync(p)).Form}&receivedAt[gte]=2020-01-01T00:00:00Z")),
        new("submission_list_refused", p => p.GetAsync($"{Sent}?formId=x&receivedAt[lte]=today")),
        new("submission_read", async p => await p.GetAsync($"{Sent}/{(await SendAsync(p)).Submission}")),
        new("submission_unknown", p => p.GetAsync($"{Sent}/{Nobody}")),
        new("submission_delete", async p => await p.SendAsync(HttpMethod.Delete, $"{Sent}/{(await SendAsync(p)).Submission}", null)),
        new("submission_export", async p => await p.GetAsync($"{Sent}/export?formId={(await SendAsync(p)).Form}")),
        new("submission_export_of_nothing", p => p.GetAsync($"{Sent}/export")),
    ];

    private static async Task<string> MakeAsync(MessagePlay play)
    {
        var made = await play.Practice.PostAsync(Forms, Intake);
        Assert.True(made.Status == 201, made.Body);
        return made.Json.GetProperty("data").GetProperty("id").GetString()!;
    }

    private static async Task<(string Form, Guid Submission)> SendAsync(MessagePlay play)
    {
        var made = await play.Practice.PostAsync(Forms, Intake);
        var url = made.Json.GetProperty("data").GetProperty("url").GetString()!;
        var inbox = play.App.Get<FormInbox>();
        var form = (await inbox.FindAsync(url[(url.LastIndexOf('/') + 1)..], default))!;
        var taken = await inbox.TakeAsync(form, "page", new Dictionary<string, string>
        { ["first_name"] = "Maria", ["email"] = "maria@example.test", ["message"] = "=Hello", ["consent"] = "true" }, default);
        return (form.Id.ToString(), Assert.IsType<FormReception.Taken>(taken).Id);
    }

    private static Task<string> PatchAsync(MessagePlay play, string path, string body) =>
        play.SendAsync(HttpMethod.Patch, path, new StringContent(body, Encoding.UTF8, "application/json"));
}
