using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Practice;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Forms;

public abstract class FormRunsTests(TestStore store) : PracticeSuite(store)
{
    [Fact]
    public async Task Count_RunsThatFormsAndPostsStarted_ByWorkflow()
    {
        var intake = await WorkflowAsync("Intake", "event", "form.submitted");
        var site = await WorkflowAsync("Website", "webhook", null);
        var paid = await WorkflowAsync("Paid", "event", "invoice.paid");
        var hidden = await WorkflowAsync("Mine", "webhook", null, WorkflowVisibility.Private);
        await RunAsync(intake, "event");
        practice.Clock.Advance(TimeSpan.FromHours(1));
        var first = practice.Clock.GetUtcNow();
        for (var i = 0; i < 3; i++)
        {
            await RunAsync(site, "webhook");
            practice.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        await RunAsync(intake, "event", r => r.IsTest = true);
        await RunAsync(intake, "event", r => r.RetryOf = intake);
        await RunAsync(intake, "manual");
        await RunAsync(paid, "event");
        await RunAsync(hidden, "webhook");

        Assert.Equal(
            [(site, "Website", false, 3, first, first.AddMinutes(20)), (intake, "Intake", true, 1, first.AddHours(-1), first.AddHours(-1))],
            (await ReadAsync("today")).Workflows.Select(w => (w.WorkflowId!.Value, w.Name, w.IsForm, w.Count, w.First, w.Last)));
        Assert.Empty((await ReadAsync("yesterday")).Workflows);
    }

    [Fact]
    public async Task Count_AtMidnightInThePracticesZone_BelongsToTheDayThatBegins()
    {
        var intake = await WorkflowAsync("Intake", "event", "form.submitted");
        foreach (var at in new[] { "2026-11-25T05:59:59Z", "2026-11-25T06:00:00Z" })
        {
            practice.Clock.AdjustTime(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
            await RunAsync(intake, "event");
        }

        Assert.Equal((1, 1), ((await ReadAsync("today")).Workflows[0].Count, (await ReadAsync("yesterday")).Workflows[0].Count));
    }

    [Fact]
    public async Task Step_TellsItInAFewLines()
    {
        await RunAsync(await WorkflowAsync("Intake", "event", "form.submitted"), "event");
        await RunAsync(await WorkflowAsync("Website", "webhook", null), "webhook");

        var output = await new NodeCall(practice, new FormsDigestNode(practice.Forms), """{"date_range":"today"}""").OutputAsync();
        Assert.Equal(
            "Forms, today (November 24, 2026)\n\nSent by forms: 1\n- Intake: 1, last on Tue Nov 24, 10:14 AM\n\n"
            + "Posted to webhooks: 1\n- Website: 1, last on Tue Nov 24, 10:14 AM",
            output.GetProperty("summary").GetString());
    }

    [Fact]
    public async Task Submission_ThatStartedARun_CountsOnceWithItsForm_AndOneFromElsewhereWithItsWorkflow()
    {
        var intake = await WorkflowAsync("Intake", "event", "form.submitted");
        var form = await practice.OpenFormAsync("Contact us");
        await practice.SendAsync(form, "one");
        var sent = await practice.SendAsync(form, "two");
        var started = await RunAsync(intake, "event");
        await practice.Writer.WriteAsync(w =>
        {
            w.Db.Add(new FormRunRow { RunId = started, SubmissionId = sent });
            return 0;
        });
        await RunAsync(intake, "event");

        var found = await ReadAsync("today");
        Assert.Equal(("Contact us", 2, true), Assert.Single(found.Forms) is var f ? (f.Name, f.Count, f.FormId is not null) : default);
        Assert.Equal((intake, 1), Assert.Single(found.Workflows) is var w ? (w.WorkflowId!.Value, w.Count) : default);
        var output = await new NodeCall(practice, new FormsDigestNode(practice.Forms), """{"date_range":"today"}""").OutputAsync();
        Assert.Equal(
            "Forms, today (November 24, 2026)\n\nSent by forms: 3\n- Contact us: 2, last on Tue Nov 24, 10:14 AM\n"
            + "- Intake: 1, last on Tue Nov 24, 10:14 AM", output.GetProperty("summary").GetString());
        Assert.Equal((3, 2), (output.GetProperty("forms").GetInt32(),
            output.GetProperty("studio_forms")[0].GetProperty("count").GetInt32()));
        Assert.Empty((await ReadAsync("yesterday")).Forms);

        // a run that a form of the studio started is none from elsewhere, whatever becomes of what was sent, and of the form
        await practice.FormStore.RemoveSubmissionAsync(practice.Tenant, sent, default);
        found = await ReadAsync("today");
        Assert.Equal((1, 1), (Assert.Single(found.Forms).Count, Assert.Single(found.Workflows).Count));
        await practice.FormStore.RemoveAsync(practice.Tenant, form.Id, true, default);
        found = await ReadAsync("today");
        Assert.Empty(found.Forms);
        Assert.Equal(1, Assert.Single(found.Workflows).Count);
    }

    private Task<FormFigures> ReadAsync(string range) => practice.Forms.CountAsync(practice.Tenant, DateRange.Named(range)!, default);

    private async Task<Guid> WorkflowAsync(
        string name, string trigger, string? named, WorkflowVisibility visibility = WorkflowVisibility.Tenant)
    {
        var id = practice.Ids.New();
        return await practice.Writer.WriteAsync(w =>
        {
            w.Db.Add(new WorkflowRow
            {
                Id = id, WorkspaceId = practice.Tenant.WorkspaceId, Environment = practice.Tenant.Environment, Slug = name, Name = name,
                Origin = "studio", TriggerType = trigger, TriggerEvent = named, Visibility = visibility,
            });
            return id;
        });
    }

    private Task<Guid> RunAsync(Guid workflow, string cause, Action<RunRow>? change = null)
    {
        var row = new RunRow
        {
            Id = practice.Ids.New(), WorkspaceId = practice.Tenant.WorkspaceId, Environment = practice.Tenant.Environment,
            WorkflowId = workflow, Cause = cause, CreatedAt = practice.Clock.GetUtcNow(),
        };
        change?.Invoke(row);
        return practice.Writer.WriteAsync(w =>
        {
            w.Db.Add(row);
            return row.Id;
        });
    }
}
