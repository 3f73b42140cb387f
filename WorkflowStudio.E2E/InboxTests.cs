using Microsoft.Playwright;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>Somebody at the desk writes to clients by hand, keeps papers, and makes one contact of two.</summary>
public sealed class InboxTests(StudioFixture studio) : BrowserTest(studio)
{
    [Fact]
    public async Task Message_IsWrittenByHand_FoundPutAwayAndTakenUpAgain()
    {
        var studio = await OpenWindowAsync();
        var page = studio.Page;
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/inbox");
        await ClickAsync(page, "Write");
        await ClickAsync(page, "Go on");
        await Expect(page.GetByText("It has to be a phone number")).ToBeVisibleAsync();
        await page.GetByLabel("or to a phone number").FillAsync("+1 713 555 0199");
        await ClickAsync(page, "Go on");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "+17135550199" })).ToBeVisibleAsync();

        var field = page.GetByLabel("Answer to +17135550199");
        await field.FillAsync("<b>Your paper</b> is ready");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).DblClickAsync();
        var log = page.GetByRole(AriaRole.Log);
        await Expect(log.GetByText("<b>Your paper</b> is ready")).ToHaveCountAsync(1);
        await Expect(field).ToHaveValueAsync("");
        await Expect(log.GetByText("captured, not sent")).ToBeVisibleAsync();

        await ClickAsync(page, "Put away");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take up again" })).ToBeVisibleAsync();
        await page.GetByLabel("Find conversations").FillAsync("555 nobody");
        await Expect(page.GetByText("No conversations match")).ToBeVisibleAsync();
        await page.GetByLabel("Find conversations").FillAsync("5550199");
        await Expect(page.GetByRole(AriaRole.Listitem).Locator("a.row")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove this conversation" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(page.GetByText("No conversations match")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Document_IsAddedReadRenamedAndRemoved()
    {
        var studio = await OpenWindowAsync();
        var page = studio.Page;
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/documents");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        { Name = "Letter of Ida.txt", MimeType = "text/plain", Buffer = "Dear practice, thank you."u8.ToArray() });
        await page.GetByRole(AriaRole.Link, new() { Name = "Letter of Ida.txt" }).ClickAsync();
        var sheet = page.GetByRole(AriaRole.Dialog);
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Show the text" }).ClickAsync();
        await Expect(sheet.GetByText("Dear practice, thank you.")).ToBeVisibleAsync();
        var file = (await sheet.GetByRole(AriaRole.Link, new() { Name = "Download" }).GetAttributeAsync("href"))!;
        var content = await page.APIRequest.GetAsync(file);
        Assert.Equal((200, "Dear practice, thank you."), (content.Status, await content.TextAsync()));
        Assert.StartsWith("attachment", content.Headers["content-disposition"], StringComparison.Ordinal);
        await sheet.GetByLabel("Name").FillAsync("Letter of thanks.txt");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Letter of thanks.txt" }).ClickAsync();
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.GetByText("is gone for good")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).Last.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Letter of thanks.txt" })).ToHaveCountAsync(0);
        Assert.Equal(404, (await page.APIRequest.GetAsync(file)).Status);
    }

    [Fact]
    public async Task Contacts_ThatAreOnePerson_AreMadeOne()
    {
        var studio = await OpenWindowAsync();
        var page = studio.Page;
        await studio.SignInAsDemoOwnerAsync();
        await studio.OpenAsync("/studio/contacts");
        await ClickAsync(page, "Import");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "p.csv", MimeType = "text/csv",
            Buffer = "First name,Last name,E-mail,Phone\nIda,Merge,,713 555 0177\nIda,,ida.merge@example.test,713 555 0177\n"u8.ToArray(),
        });
        await ClickAsync(page, "Import 2 lines");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ida Merge" }).ClickAsync();
        await Expect(page.GetByText("looks like the same person")).ToBeVisibleAsync();
        await ClickAsync(page, "Make them one");
        await Expect(page.GetByText("It cannot be undone.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make them one" }).Last.ClickAsync();
        await Expect(page.GetByText("They are one contact now")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Ida" })).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Ida" })).ToContainTextAsync("ida.merge@example.test");
    }

    private static Task ClickAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();
}
