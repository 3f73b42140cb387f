using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Tests.Support;

/// <summary>People of a test and how they sign in.</summary>
internal static partial class SignedIn
{
    public const string Password = "a long enough password";

    /// <summary>A person who has an account in a workspace of their own, and a browser of theirs.</summary>
    public static async Task<(HttpClient Client, string Email)> PersonAsync(StudioApp app)
    {
        var practice = await app.PracticeAsync();
        var email = $"{practice.Owner.Tenant.WorkspaceId:N}@example.test";
        await using var scope = app.Services.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<Users>()
            .CreateAsync(new NewUser("Person", email, Password), practice.Owner.Tenant.WorkspaceId, WorkspaceRole.Viewer, default);
        Assert.Null(made.Problem);
        return (Browser(app), email);
    }

    /// <summary>A browser that shows where it is sent.</summary>
    public static HttpClient Browser(StudioApp app) =>
        app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>A person who has signed in.</summary>
    public static async Task<HttpClient> ClientAsync(StudioApp app)
    {
        var (client, email) = await PersonAsync(app);
        Assert.Equal("/", await TryAsync(client, email, Password, "/"));
        return client;
    }

    /// <summary>Signs in, and answers where that leads.</summary>
    public static Task<string> TryAsync(HttpClient client, string email, string password, string returnUrl) =>
        PostAsync(client, "/sign-in", "/account/sign-in", new("email", email), new("password", password), new("returnUrl", returnUrl));

    public static async Task<string> PostAsync(HttpClient client, string page, string address, params KeyValuePair<string, string>[] fields)
    {
        var reply = await Reply.OfAsync(await SendAsync(client, page, address, fields));
        Assert.Equal(302, reply.Status);
        return reply.Headers.Location!.ToString();
    }

    /// <summary>Posts a form with the token of a page.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, string page, string address, params KeyValuePair<string, string>[] fields)
    {
        var token = Token().Match(await client.GetStringAsync(page)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", token)]);
        return await client.PostAsync(address, form);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
