using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Mvc.Testing;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Api.Dialects.Sequences;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Practice;

/// <summary>The calendar over HTTP: free times, bookings under load, and what other programs read by a link.</summary>
[Collection(StudioAppTests.Name)]
public sealed class AppointmentTests(StudioApp app)
{
    private const string Appointments = "/api/v1/appointments";

    [Fact]
    public async Task FreeTime_BookedByManyAtOnce_IsTheFirstOnes_AndFreeNoMore()
    {
        var practice = await PracticeAsync();
        var time = (await FreeAsync(practice))[0];
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => practice.PostAsync(Appointments, Body(time))));

        Assert.Single(replies, r => r.Status == 201);
        Assert.All(replies.Where(r => r.Status != 201), r => Assert.Equal((409, "slot_taken"), (r.Status, r.Text("code"))));
        Assert.DoesNotContain(time, await FreeAsync(practice));
        Assert.Equal(1, (await practice.GetAsync(Appointments)).Json.GetProperty("pagination").GetProperty("total").GetInt32());
        var next = Body((await FreeAsync(practice))[0]);
        var booked = await practice.PostAsync(Appointments, next, "k1");
        Assert.Equal((201, booked.Body), (booked.Status, (await practice.PostAsync(Appointments, next, "k1")).Body));
    }

    [Fact]
    public async Task Appointment_ReadAndSentBack_IsTheSame()
    {
        var practice = await PracticeAsync();
        var made = await practice.PostAsync(Appointments, Body((await FreeAsync(practice))[0]));
        Assert.True(made.Status == 201, made.Body);
        var one = $"{Appointments}/{made.Data().GetProperty("id").GetString()}";
        var same = await PatchAsync(practice, one, made.Data().GetRawText());
        Assert.Equal((200, made.Body), (same.Status, same.Body));
        var moved = await PatchAsync(practice, one, $$"""{"startsAt":"{{(await FreeAsync(practice))[3]}}"}""");
        Assert.Equal(200, moved.Status);
        Assert.Equal(409, (await practice.DeleteAsync(one)).Status);
        Assert.Equal(200, (await PatchAsync(practice, one, """{"status":"canceled"}""")).Status);
        Assert.Equal(204, (await practice.DeleteAsync(one)).Status);
        Assert.Equal(404, (await PatchAsync(practice, one, """{"status":"booked"}""")).Status);
    }

    [Theory]
    [InlineData("", "typeId")]
    [InlineData("typeId=Massage", "typeId")]
    [InlineData("typeId=First visit&from=soon", "from")]
    [InlineData("typeId=First visit&from=2026-02-30", "from")]
    [InlineData("typeId=First visit&from=2026-12-02&to=2026-12-01", "to")]
    [InlineData("typeId=First visit&from=2026-12-01&to=9999-12-31", "to")]
    [InlineData("typeId=First visit&limit=0", "limit")]
    public async Task FreeTimes_ThatCannotBeAskedFor_AreRefusedWithThePlace(string query, string place)
    {
        var refused = await (await app.PracticeAsync()).GetAsync($"{Appointments}/free?{query}");
        Assert.Equal((422, place), (refused.Status, refused.Json.GetProperty("errors")[0].GetProperty("path").GetString()));
    }

    [Theory]
    [InlineData("typeId=First visit&from=9999-12-31")]
    [InlineData("typeId=First visit&from=0001-01-01")]
    public async Task FreeTimes_FarAway_AreNone(string query)
    {
        var none = await (await app.PracticeAsync()).GetAsync($"{Appointments}/free?{query}");
        Assert.True(none.Status == 200, none.Body);
        Assert.Equal(0, none.Data().GetArrayLength());
    }

    [Fact]
    public async Task OfAnotherWorkspace_NothingIsBookedOrFound()
    {
        var (practice, other) = (await PracticeAsync(), await PracticeAsync());
        var type = (await other.GetAsync("/api/v1/appointment-types")).Data()[0].GetProperty("id").GetString();
        Assert.Equal(422, (await practice.GetAsync($"{Appointments}/free?typeId={type}")).Status);
        var refused = await practice.PostAsync(Appointments, Body((await FreeAsync(practice))[0], type: type!));
        Assert.Equal((422, "typeId"), (refused.Status, refused.Json.GetProperty("errors")[0].GetProperty("path").GetString()));
        var made = await other.PostAsync(Appointments, Body((await FreeAsync(other))[0]));
        var one = $"{Appointments}/{made.Data().GetProperty("id").GetString()}";
        Assert.Equal(404, (await practice.GetAsync(one)).Status);
        Assert.Equal(404, (await PatchAsync(practice, one, """{"status":"canceled"}""")).Status);
        Assert.Equal(404, (await practice.DeleteAsync(one)).Status);
        Assert.Empty((await practice.GetAsync($"{Appointments}/export")).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1));
    }

    [Theory]
    [InlineData("startsAt[gte]=2026-12-01T09:00", "startsAt[gte]")]
    [InlineData("contactId=ines@example.org", "contactId")]
    [InlineData("sort=contactName", "sort")]
    [InlineData("contactName=Ines", "contactName")]
    public async Task List_NarrowedByWhatCannotBe_IsRefused(string query, string place)
    {
        var refused = await (await app.PracticeAsync()).GetAsync($"{Appointments}?{query}");
        Assert.Equal((422, place), (refused.Status, refused.Json.GetProperty("errors")[0].GetProperty("path").GetString()));
    }

    [Fact]
    public async Task Links_LeadStrangersToTheFile_AndSayWhenNothingHasChanged()
    {
        var practice = await PracticeAsync();
        var made = await practice.PostAsync(Appointments, Body((await FreeAsync(practice))[0]));
        var link = (await app.Get<CalendarLinks>().RenewAsync(practice.Owner, default)).Value!.Link!;
        using var stranger = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        var feed = new Uri(link.Url).AbsolutePath;
        using var first = await stranger.GetAsync(feed);
        var text = await first.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, "text/calendar; charset=utf-8"),
            (first.StatusCode, first.Content.Headers.ContentType!.ToString()));
        Assert.Contains("SUMMARY:First visit: Ines Ortega", text, StringComparison.Ordinal);

        using var asked = new HttpRequestMessage(HttpMethod.Get, feed);
        asked.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var same = await stranger.SendAsync(asked);
        Assert.Equal((HttpStatusCode.NotModified, ""), (same.StatusCode, await same.Content.ReadAsStringAsync()));

        var invitation = new Uri(made.Data().GetProperty("invitationUrl").GetString()!).AbsolutePath;
        using var invited = await stranger.GetAsync(invitation);
        Assert.Equal((HttpStatusCode.OK, "attachment; filename=appointment.ics"),
            (invited.StatusCode, invited.Content.Headers.ContentDisposition!.ToString()));
        Assert.DoesNotContain("Ines", await invited.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var nowhere in new[] { "/calendar/x.ics", "/appointments/x.ics", $"/appointments/{new string('a', 27)}.ics" })
        {
            using var nothing = await stranger.GetAsync(nowhere);
            Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        }

        await app.Get<CalendarLinks>().RenewAsync(practice.Owner, default);
        using var former = await stranger.GetAsync(feed);
        Assert.Equal(HttpStatusCode.NotFound, former.StatusCode);
    }

    private async Task<TestPractice> PracticeAsync()
    {
        var practice = await app.PracticeAsync();
        Assert.Equal(201, (await practice.PostAsync(
            "/api/v1/contacts", """{"firstName":"Ines","lastName":"Ortega","email":"ines@example.org"}""")).Status);
        return practice;
    }

    private static async Task<List<string>> FreeAsync(TestPractice practice) =>
        [.. (await practice.GetAsync($"{Appointments}/free?typeId=First visit")).Data().EnumerateArray()
            .Select(t => t.GetProperty("startsAt").GetString()!)];

    private static string Body(string time, string type = "First visit") => string.Create(CultureInfo.InvariantCulture,
        $$"""{"contactId":"ines@example.org","typeId":"{{type}}","startsAt":"{{time}}"}""");

    private static Task<Reply> PatchAsync(TestPractice practice, string path, string body) =>
        practice.SendAsync(HttpMethod.Patch, path, new StringContent(body, Encoding.UTF8, "application/json"), null);
}
