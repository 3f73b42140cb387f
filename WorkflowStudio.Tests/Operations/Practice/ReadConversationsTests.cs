using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Api.Dialects.Sequences;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Practice;

/// <summary>Conversations beside workflows that not everybody sees, and beside runs that wait.</summary>
[Collection(StudioAppTests.Name)]
public sealed class ReadConversationsTests(StudioApp app)
{
    [Fact]
    public async Task WhatAPrivateWorkflowWrote_IsNotForEverybody()
    {
        var practice = await app.PracticeAsync();
        var workflow = await practice.MakeAsync("""
            {"name":"Secret","triggerType":"manual","steps":[{"type":"send_message","config":{"text":"Psst"}}]}
            """);
        await RunAsync(practice, workflow, await ContactAsync(practice, "+17135550177"), "completed");
        var owner = practice.Owner;
        var talk = Assert.Single((await PageAsync(owner)).Items);
        Assert.True((await app.Get<ShareWorkflow>().SetAsync(
            owner, IdOf(workflow), new SharingWish(WorkflowVisibility.Private))).Ok);

        var other = new Caller { Tenant = owner.Tenant, Name = "Eve", UserId = NewIds.Next(), Role = WorkspaceRole.Editor };
        Assert.Empty((await PageAsync(other)).Items);
        Assert.IsType<OperationProblem.NotFound>((await Reading.FindAsync(other, talk.Id, default)).Problem);
        Assert.Empty((await Reading.MessagesAsync(other, new MessageFilter(), 0, 9, default)).Value!.Items);
        Assert.IsType<OperationProblem.NotFound>((await Reading.MessageAsync(other, talk.Last!.Id, default)).Problem);
        Assert.IsType<OperationProblem.NotFound>(
            (await app.Get<WriteMessage>().SendAsync(other, talk.Id, new NewMessage("Hi", null), null, default)).Problem);

        // once the client has written they see that, not what was written before
        await practice.PostAsync("/api/v1/messages", """{"from":"+17135550177","body":"Who is this?"}""");
        Assert.Equal("Who is this?", Assert.Single((await PageAsync(other)).Items).Last!.Body);
        Assert.Single((await Reading.MessagesAsync(other, new MessageFilter { ConversationId = talk.Id }, 0, 9, default)).Value!.Items);
        Assert.Equal("in_use", (await app.Get<ChangeConversations>().RemoveAsync(other, talk.Id, default)).Problem!.Code);
        Assert.True((await app.Get<ChangeConversations>().RemoveAsync(owner, talk.Id, default)).Ok);
    }

    [Fact]
    public async Task RunThatWaitsForAContact_GoesOnWhenThatWasMadeOneWithAnother()
    {
        var practice = await app.PracticeAsync();
        var workflow = await practice.MakeAsync("""
            {"name":"Asks","triggerType":"manual","steps":[{"type":"wait_for_reply","config":{}}]}
            """);
        var (gone, kept) = (await ContactAsync(practice, "+17135550177"), await ContactAsync(practice, "+17135550178"));
        var run = await StartAsync(practice, workflow, gone);
        await UntilAsync(async () => (await practice.GetAsync($"/api/v1/workflows/runs/{run}")).Data().GetProperty("status").GetString()
            == "active" && await WaitsAsync(practice));
        // a run that is not over keeps its contact from being removed, not from being made one with another
        Assert.Equal(409, (await practice.DeleteAsync($"/api/v1/contacts/{gone}")).Status);
        Assert.Equal(200, (await practice.PostAsync($"/api/v1/contacts/{kept}/merge", $$"""{"contactId":"{{gone}}"}""")).Status);

        // by the number that was the other's, too
        await practice.PostAsync("/api/v1/messages", """{"from":"+17135550177","body":"Yes"}""");
        await UntilAsync(async () => (await practice.GetAsync($"/api/v1/workflows/runs/{run}")).Data().GetProperty("status").GetString()
            == "completed");
        // what a run has taken as its answer nobody has to read
        Assert.Equal(0, Assert.Single((await PageAsync(practice.Owner)).Items).Unread);
        Assert.Equal(1, (await practice.GetAsync("/api/v1/contacts")).Json.GetProperty("pagination").GetProperty("total").GetInt32());
        Assert.Equal(kept, (await practice.GetAsync($"/api/v1/workflows/runs/{run}")).Data().GetProperty("contactId").GetGuid());
    }

    private ReadConversations Reading => app.Get<ReadConversations>();

    private async Task<WorkflowPage<ConversationItem>> PageAsync(Caller caller) =>
        (await Reading.PageAsync(caller, new ConversationFilter(), 0, 9, default)).Value!;

    private static async Task<bool> WaitsAsync(TestPractice practice) =>
        (await practice.GetAsync("/api/v1/executions?status=waiting")).Body.Contains("wait", StringComparison.Ordinal);

    private static Guid IdOf(string shown) => ShownId.TryRead(shown, out var id) ? id : throw new ArgumentException(shown);

    private static async Task<string> StartAsync(TestPractice practice, string workflow, Guid contact) =>
        (await RunTests.StartAsync(practice, workflow, contact.ToString())).Id();

    private static async Task RunAsync(TestPractice practice, string workflow, Guid contact, string until)
    {
        var run = await StartAsync(practice, workflow, contact);
        await UntilAsync(async () =>
            (await practice.GetAsync($"/api/v1/workflows/runs/{run}")).Data().GetProperty("status").GetString() == until);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        bool held;
        do held = await holds();
        while (!held && !patience.IsCancellationRequested);
        Assert.True(held);
    }

    private static async Task<Guid> ContactAsync(TestPractice practice, string phone) => (await practice.PostAsync(
        "/api/v1/contacts", $$"""{"firstName":"Ines","phone":"{{phone}}"}""")).Data().GetProperty("id").GetGuid();
}
