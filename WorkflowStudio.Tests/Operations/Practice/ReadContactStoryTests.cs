using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Api.Dialects.Sequences;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Practice;

/// <summary>What there was with a contact, as its page shows it.</summary>
[Collection(StudioAppTests.Name)]
public sealed class ReadContactStoryTests(StudioApp app)
{
    [Fact]
    public async Task Story_TellsOfRunsAndMessages_TheNewestFirst_AndOfStop()
    {
        var practice = await app.PracticeAsync();
        var contact = await ContactAsync(practice);
        await WriteAsync(practice, contact, "Blast", "Hi there");
        await practice.PostAsync("/api/v1/messages", """{"from":"+17135550177","body":"stop"}""");

        var story = (await ReadAsync(practice.Owner, contact)).Value!;
        Assert.Equal("stop", story.OptOut?.Word);
        Assert.Contains(story.Lines, l => l.Text == "Blast, done" && l.RunId is not null);
        Assert.Contains(story.Lines, l => l.Text == "Captured, not sent: Hi there");
        Assert.Equal("Wrote: stop", story.Lines[0].Text);
        Assert.Equal(story.Lines.OrderByDescending(l => l.At), story.Lines);

        Assert.True((await app.Get<AllowMessages>().RunAsync(practice.Owner, contact, MessageChannel.Sms, default)).Value);
        Assert.Null((await ReadAsync(practice.Owner, contact)).Value!.OptOut);
    }

    [Fact]
    public async Task Stop_ByEMail_IsForEMailAlone()
    {
        var practice = await app.PracticeAsync();
        var contact = await ContactAsync(practice);
        await practice.PostAsync("/api/v1/messages", """{"from":"Ida@example.org","body":"Unsubscribe"}""");
        var story = (await ReadAsync(practice.Owner, contact)).Value!;
        Assert.Equal((null, "ida@example.org", "unsubscribe"), (story.OptOut, story.MailOptOut?.Address, story.MailOptOut?.Word));

        Assert.False((await app.Get<AllowMessages>().RunAsync(practice.Owner, contact, MessageChannel.Sms, default)).Value);
        Assert.True((await app.Get<AllowMessages>().RunAsync(practice.Owner, contact, MessageChannel.Email, default)).Value);
        Assert.Null((await ReadAsync(practice.Owner, contact)).Value!.MailOptOut);
    }

    [Fact]
    public async Task Story_OfAnothersContact_IsNotFound()
    {
        var (mine, other) = (await app.PracticeAsync(), await app.PracticeAsync());
        var contact = await ContactAsync(mine);
        Assert.IsType<OperationProblem.NotFound>((await ReadAsync(other.Owner, contact)).Problem);
        Assert.IsType<OperationProblem.NotFound>(
            (await app.Get<AllowMessages>().RunAsync(other.Owner, contact, MessageChannel.Email, default)).Problem);
    }

    [Fact]
    public async Task Story_OfWhatIsPrivate_IsNotForEverybody()
    {
        var practice = await app.PracticeAsync();
        var contact = await ContactAsync(practice);
        var workflow = await WriteAsync(practice, contact, "Secret plan", "Psst");
        Assert.True((await app.Get<ShareWorkflow>().SetAsync(
            practice.Owner, workflow, new SharingWish(WorkflowVisibility.Private))).Ok);

        var viewer = new Caller
        { Tenant = practice.Owner.Tenant, Name = "Vera", UserId = NewIds.Next(), Role = WorkspaceRole.Viewer };
        Assert.Empty((await ReadAsync(viewer, contact)).Value!.Lines);
        Assert.Equal(2, (await ReadAsync(practice.Owner, contact)).Value!.Lines.Count);
    }

    private Task<Result<ContactStory>> ReadAsync(Caller caller, Guid contact) =>
        app.Get<ReadContactStory>().RunAsync(caller, contact, default);

    private static async Task<Guid> WriteAsync(TestPractice practice, Guid contact, string name, string text)
    {
        var workflow = await practice.MakeAsync($$$"""
            {"name":"{{{name}}}","triggerType":"manual","steps":[{"type":"send_message","config":{"text":"{{{text}}}"}}]}
            """);
        var run = (await RunTests.StartAsync(practice, workflow, contact.ToString())).Id();
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        string? status;
        do status = (await practice.GetAsync($"/api/v1/workflows/runs/{run}")).Data().GetProperty("status").GetString();
        while (status is not ("completed" or "failed") && !patience.IsCancellationRequested);
        Assert.Equal("completed", status);
        return ShownId.TryRead(workflow, out var id) ? id : default;
    }

    private static async Task<Guid> ContactAsync(TestPractice practice) => (await practice.PostAsync(
        "/api/v1/contacts", """{"name":"Ida Lund","phone":"+17135550177","email":"ida@example.org"}""")).Data().GetProperty("id").GetGuid();
}
