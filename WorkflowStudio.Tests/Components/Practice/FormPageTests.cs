using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Practice;

/// <summary>The page of a form, as a browser without scripts and as machines see it.</summary>
[Collection(StudioAppTests.Name)]
public sealed partial class FormPageTests(StudioApp app)
{
    private readonly Dictionary<Guid, Caller> owners = [];

    [Fact]
    public async Task Page_ShowsTheFields_ForNoSearchEngineAndNoCache_AndFillsInWhatTheAddressSays()
    {
        var (path, _) = await FormAsync();
        var reply = await Reply.OfAsync(await app.CreateClient().GetAsync(
            $"{path}?first_name=%3Cb%3EMaria&consent=true&unknown=x&message={new string('x', 6_000)}"));
        Assert.Equal((200, "noindex, nofollow", true), (reply.Status, Assert.Single(reply.Headers.GetValues("X-Robots-Tag")),
            reply.Headers.CacheControl!.NoStore));
        Assert.Contains("value=\"&lt;b&gt;Maria\"", reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("checked", reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("xxxx", reply.Body, StringComparison.Ordinal);
        Assert.Contains("<label for=\"field-email\"", Unscoped(reply.Body), StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_Well_IsKeptOnce_HoweverOftenItIsSent()
    {
        var (path, form) = await FormAsync();
        var seal = await SealAsync(path);
        for (var i = 0; i < 2; i++)
        {
            var reply = await PostAsync(path, seal, ("first_name", "Maria"), ("email", "maria@example.test"));
            Assert.Equal((302, $"{path}/sent"), (reply.Status, new Uri(new Uri("http://localhost"), reply.Headers.Location!).AbsolutePath));
        }

        Assert.Contains("We have what you sent", await app.CreateClient().GetStringAsync($"{path}/sent"), StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(form));
        var other = await PostAsync(path, seal, ("first_name", "Marta"));
        Assert.Equal(422, other.Status);
        Assert.Contains("You have sent this form before", other.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"Marta\"", other.Body, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(form));
    }

    [Fact]
    public async Task Sent_Wrong_IsSaidAtTheFields_AndWhatWasTypedStays()
    {
        var (path, form) = await FormAsync();
        var reply = await PostAsync(path, await SealAsync(path), ("email", "no"), ("message", "</textarea><script>"), ("age", "x\u0007"));
        Assert.Equal(422, reply.Status);
        var page = Unscoped(reply.Body);
        Assert.Contains("3 things need a look", page, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{path}#field-first_name\"", page, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"field-email-wrong\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"no\"", page, StringComparison.Ordinal);
        Assert.Contains("&lt;/textarea&gt;&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(form));
    }

    [Fact]
    public async Task Sent_WithinAMoment_WithoutASeal_OrWithAForeignOne_HasToBeSentAgain()
    {
        var ((path, form), (elsewhere, _)) = (await FormAsync(), await FormAsync());
        var fresh = Seal().Match(await app.CreateClient().GetStringAsync(path)).Groups[1].Value;
        var quick = await PostAsync(path, fresh, ("first_name", "Maria"));
        Assert.Equal(422, quick.Status);
        Assert.Contains("That was quick", quick.Body, StringComparison.Ordinal);
        foreach (var seal in new[] { "", "nonsense", new string('a', 5_000), await SealAsync(elsewhere) })
        {
            var reply = await PostAsync(path, seal, ("first_name", "Maria"));
            Assert.Equal(422, reply.Status);
            Assert.Contains("then press Send again", reply.Body, StringComparison.Ordinal);
            Assert.Contains("value=\"Maria\"", reply.Body, StringComparison.Ordinal);
        }

        Assert.Equal(0, await CountAsync(form));
    }

    [Fact]
    public async Task Sent_WithWhatPeopleDoNotSee_OrFromAnotherPage_IsRefused()
    {
        var (path, form) = await FormAsync();
        var trapped = await PostAsync(path, await SealAsync(path), ("first_name", "Maria"), ("_home", "https://spam.example"));
        Assert.Equal(422, trapped.Status);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, path)
        { Content = new FormUrlEncodedContent([new("_handler", "send"), new("_seal", await SealAsync(path)), new("first_name", "Maria")]) };
        foreign.Headers.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await app.CreateClient().SendAsync(foreign)).StatusCode);
        Assert.Equal(0, await CountAsync(form));
    }

    [Fact]
    public async Task Sent_AsNoFormAtAll_OrAsTooMuchOfOne_IsRefused()
    {
        var (path, form) = await FormAsync();
        var huge = new string('x', 800_000);
        foreach (var body in new HttpContent[]
        {
            new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), new ByteArrayContent([]),
            new StringContent("_handler=send&first_name=x%00", System.Text.Encoding.ASCII, "application/x-www-form-urlencoded"),
            new StringContent(string.Join('&', Enumerable.Range(0, 2_000).Select(i => $"f{i}=x")), System.Text.Encoding.ASCII,
                "application/x-www-form-urlencoded"),
        })
            Assert.Equal(HttpStatusCode.BadRequest, (await app.CreateClient().PostAsync(path, body)).StatusCode);
        foreach (var broken in Broken) Assert.Equal(HttpStatusCode.BadRequest, (await BrokenAsync(path, broken)).StatusCode);
        var long1 = await PostAsync(path, await SealAsync(path), ("first_name", huge[..200_000]));
        Assert.Equal(422, long1.Status);
        Assert.Equal(0, await CountAsync(form));
    }

    [Fact]
    public async Task Form_ThatIsClosed_SaysSoAndNothingElse()
    {
        var (path, form) = await FormAsync();
        var seal = await SealAsync(path);
        Assert.True((await app.Get<ChangeForms>().ChangeAsync(
            owners[form], form, null, c => c with { Status = FormStatus.Closed, Intro = "Secret" }, default)).Ok);
        var reply = await Reply.OfAsync(await app.CreateClient().GetAsync(path));
        Assert.Equal(410, reply.Status);
        Assert.Contains("This form is closed", reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("First name", reply.Body, StringComparison.Ordinal);
        var late = await PostAsync(path, seal, ("first_name", "Maria"));
        Assert.Equal(410, late.Status);
        Assert.Contains("This form is closed", late.Body, StringComparison.Ordinal);
        foreach (var unknown in new[] { "/forms/nothing", "/forms/nothing/sent", $"/forms/{form}" })
            Assert.Equal(HttpStatusCode.NotFound, (await app.CreateClient().GetAsync(unknown)).StatusCode);
        Assert.Equal(404, (await PostAsync("/forms/nothing", seal, ("first_name", "Maria"))).Status);
    }

    [Fact]
    public async Task Sent_MoreThanMayBe_HasToWait_AndWhatWasTypedStays()
    {
        await using var studio = new StudioApp { Settings = { ["STUDIO_LIMIT_FORM_SENDER"] = "2" } };
        var tests = new FormPageTests(studio);
        var (path, form) = await tests.FormAsync();
        var replies = new List<Reply>();
        for (var i = 0; i < 5; i++)
            replies.Add(await tests.PostAsync(path, await tests.SealAsync(path), ("first_name", $"Maria {i}")));
        // a minute may begin between two of them
        var late = replies.First(r => r.Status == 429);
        Assert.Contains("Nothing of yours is lost", late.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"Maria ", late.Body, StringComparison.Ordinal);
        Assert.True(late.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(replies.Count(r => r.Status == 302), await tests.CountAsync(form));
        var unread = new List<HttpResponseMessage>();
        for (var i = 0; i < 6; i++) unread.Add(await tests.BrokenAsync(path, Broken[0]));
        Assert.Contains(unread, r => r.StatusCode == HttpStatusCode.TooManyRequests && r.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    // parts that do not end as they should
    private static string[] Broken { get; } =
        ["--x\r\nContent-Disposition: form-data; name=\"_handler\"\r\n\r\nsend\r\n", "--x\r\nContent-Disp", "", "--y--\r\n"];

    private Task<HttpResponseMessage> BrokenAsync(string path, string body)
    {
        var content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        return app.CreateClient().PostAsync(path, content);
    }

    private async Task<(string Path, Guid Form)> FormAsync()
    {
        var practice = await app.PracticeAsync();
        var made = await app.Get<ChangeForms>().AddAsync(practice.Owner, FormsOfPractice.All, null, default);
        Assert.True(made.Ok, made.Problem?.Message);
        owners[made.Value.Id] = practice.Owner;
        return (new Uri(made.Value.Url).AbsolutePath, made.Value.Id);
    }

    // of a page that was opened before anybody could have filled it in
    private async Task<string> SealAsync(string path)
    {
        var form = (await app.Get<FormInbox>().FindAsync(path[(path.LastIndexOf('/') + 1)..], default))!;
        var earlier = new PublicForm(app.Get<FormInbox>(), app.Get<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>(),
            app.Get<IdFactory>(), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(-1)));
        return earlier.Seal(form);
    }

    private async Task<Reply> PostAsync(string path, string seal, params (string Key, string Text)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            [new("_handler", "send"), new("_seal", seal), .. fields.Select(f => new KeyValuePair<string, string>(f.Key, f.Text))]);
        return await Reply.OfAsync(
            await app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }).PostAsync(path, form));
    }

    private async Task<int> CountAsync(Guid form) => (await app.Get<ReadForms>().SubmissionsAsync(
        owners[form], new SubmissionFilter { FormId = form }, 0, 1, default)).Value!.Total;

    // without the marks of scoped styles
    private static string Unscoped(string html) => Scope().Replace(html, "");

    [GeneratedRegex(" b-[a-z0-9]{10}(?=[ >/])")]
    private static partial Regex Scope();

    [GeneratedRegex("name=\"_seal\" value=\"([^\"]+)\"")]
    private static partial Regex Seal();
}
