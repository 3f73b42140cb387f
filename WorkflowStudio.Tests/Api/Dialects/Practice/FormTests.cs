using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Api.Dialects.Sequences;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Practice;

/// <summary>Forms over HTTP.</summary>
[Collection(StudioAppTests.Name)]
public sealed class FormTests(StudioApp app)
{
    private const string Forms = "/api/v1/forms";
    private const string Open = """{"name":"Intake","status":"open","fields":[{"key":"a","label":"A"}]}""";

    [Fact]
    public async Task Form_IsMadeReadChangedAndRemoved_AndWhatWasReadCanBeSentBack()
    {
        var practice = await app.PracticeAsync();
        var made = await practice.PostAsync(Forms, """
            {"name":" Intake\u0007 ","closesAt":"2030-01-31T18:00:00.75+01:00","fields":[{"key":"a","label":"A","longest":7}]}
            """);
        Assert.Equal(201, made.Status);
        var form = made.Data();
        Assert.Equal(("Intake", "2030-01-31T17:00:00Z", "closed", 1), (form.GetProperty("name").GetString(),
            form.GetProperty("closesAt").GetString(), form.GetProperty("status").GetString(), form.GetProperty("revision").GetInt32()));
        var path = $"{Forms}/{form.GetProperty("id").GetString()}";
        Assert.Equal(path, made.Headers.Location!.ToString());
        Assert.Equal(made.Body, (await practice.GetAsync(path)).Body);
        var same = await PatchAsync(practice, path, form.GetRawText());
        Assert.Equal((200, made.Body), (same.Status, same.Body));

        var changed = await PatchAsync(practice, path, """{"status":"open","closesAt":null}""");
        Assert.Equal((JsonValueKind.Null, true, 2), (changed.Data().GetProperty("closesAt").ValueKind,
            changed.Data().GetProperty("isOpen").GetBoolean(), changed.Data().GetProperty("revision").GetInt32()));
        Assert.Equal(409, (await PatchAsync(practice, path, form.GetRawText())).Status);
        Assert.Equal(204, (await practice.DeleteAsync(path)).Status);
        Assert.Equal(404, (await practice.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData("""{"name":"x","status":"open"}""", "fields")]
    [InlineData("""{"name":"x","fields":{}}""", "fields")]
    [InlineData("""{"name":"x","fields":[null]}""", "fields[0]")]
    [InlineData("""{"name":"x","fields":[{"key":"a","label":"A","type":"file"}]}""", "fields[0].type")]
    [InlineData("""{"name":"x","fields":[{"key":"a","label":"A","required":"yes"}]}""", "fields[0].required")]
    [InlineData("""{"name":"x","fields":[{"key":"a","label":"A","choices":[1]}]}""", "fields[0].choices")]
    [InlineData("""{"name":"x","fields":[{"key":"a","label":"A","longest":1.5}]}""", "fields[0].longest")]
    [InlineData("""{"name":"x","fields":[{"key":"a","label":"A","longest":100000}]}""", "fields[0].longest")]
    [InlineData("""{"name":"x","fields":[{"key":"a\u0000","label":"A"}]}""", "fields[0].key")]
    [InlineData("""{"name":"x","fields":[{"key":"a","label":"A","lable":"B"}]}""", "fields[0].lable")]
    [InlineData("""{"name":"x","closesAt":"2030-01-31T18:00:00"}""", "closesAt")]
    [InlineData("""{"name":"x","closesAt":"0001-01-01T00:00:00+14:00"}""", "closesAt")]
    [InlineData("""{"name":"x","closesAt":"9999-12-31T23:59:59Z"}""", "closesAt")]
    [InlineData("""{"name":"x","colour":"red"}""", "colour")]
    public async Task Form_ThatCannotBe_IsRefusedWithThePlace(string body, string place)
    {
        var practice = await app.PracticeAsync();
        var refused = await practice.PostAsync(Forms, body);
        Assert.Equal((422, place), (refused.Status, refused.Json.GetProperty("errors")[0].GetProperty("path").GetString()));
        Assert.Equal(0, (await practice.GetAsync(Forms)).Json.GetProperty("pagination").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Form_OfAnotherWorkspace_IsNotThere()
    {
        var (practice, other) = (await app.PracticeAsync(), await app.PracticeAsync());
        var id = (await practice.PostAsync(Forms, """{"name":"Mine"}""")).Data().GetProperty("id").GetString();
        Assert.Equal(404, (await other.GetAsync($"{Forms}/{id}")).Status);
        Assert.Equal(404, (await PatchAsync(other, $"{Forms}/{id}", """{"name":"Yours"}""")).Status);
        Assert.Equal(404, (await other.DeleteAsync($"{Forms}/{id}?submissions=true")).Status);
        Assert.Equal(404, (await other.GetAsync($"/api/v1/form-submissions/export?formId={id}")).Status);
        Assert.Equal(0, (await other.GetAsync($"/api/v1/form-submissions?formId={id}")).Json.GetProperty("pagination")
            .GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("receivedAt[gte]=1900-01-01T00:00:00Z", true)]
    [InlineData("receivedAt[gte]=0001-01-01T00:00:00Z", true)]
    [InlineData("receivedAt[gte]=9999-12-31T23:59:59Z", false)]
    [InlineData("receivedAt[lte]=1969-12-31T23:59:58Z", false)]
    [InlineData("receivedAt[lte]=0001-01-01T00:00:00Z", false)]
    [InlineData("receivedAt[lte]=9999-12-31T23:59:59Z", true)]
    [InlineData("receivedAt[lte]=9999-12-31T23:59:59.9999999Z", true)]
    [InlineData("receivedAt[lte]=9999-12-31T23:59:59%2B14:00", true)]
    public async Task Submissions_OfTimesFarAway_AreFoundOrNot(string times, bool found)
    {
        var practice = await app.PracticeAsync();
        var form = (await practice.PostAsync(Forms, Open)).Data();
        var (url, inbox) = (form.GetProperty("url").GetString()!, app.Get<FormInbox>());
        var open = (await inbox.FindAsync(url[(url.LastIndexOf('/') + 1)..], default))!;
        await inbox.TakeAsync(open, "page", new Dictionary<string, string> { ["a"] = "Maria" }, default);
        var query = $"formId={form.GetProperty("id").GetString()}&{times}";
        var list = await practice.GetAsync($"/api/v1/form-submissions?{query}");
        Assert.Equal((200, found ? 1 : 0), (list.Status, list.Json.GetProperty("data").GetArrayLength()));
        var file = await practice.GetAsync($"/api/v1/form-submissions/export?{query}");
        Assert.Equal((200, found), (file.Status, file.Body.Contains("Maria", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Form_ThatHasClosedMeanwhile_IsAnsweredAsClosed_WhateverIsChanged()
    {
        var practice = await app.PracticeAsync();
        var path = (await practice.PostAsync(Forms, Open)).Headers.Location!.ToString();
        var now = app.Get<TimeProvider>().GetUtcNow();
        await app.Get<IStudioWriter>().WriteAsync(practice.Owner.Tenant.WorkspaceId, write =>
        {
            var row = write.Db.Set<FormRow>().Single(f => f.WorkspaceId == practice.Owner.Tenant.WorkspaceId);
            (row.ClosesAt, row.UpdatedAt) = (now.AddDays(-1), now.AddDays(-2));
            return 0;
        });
        Assert.False((await PatchAsync(practice, path, "{}")).Data().GetProperty("isOpen").GetBoolean());
        Assert.False((await practice.GetAsync(path)).Data().GetProperty("isOpen").GetBoolean());
    }

    private static Task<Reply> PatchAsync(TestPractice practice, string path, string body) =>
        practice.SendAsync(HttpMethod.Patch, path, new StringContent(body, Encoding.UTF8, "application/json"), null);
}
