using System.Net;
using System.Text;
using System.Text.Json;
using WorkflowStudio.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace WorkflowStudio.E2E;

/// <summary>The main job, as a practice does it: change the pipeline, receive a client, watch the run, send, be paid.</summary>
public sealed class PipelineTests(StudioFixture studio) : BrowserTest(studio)
{
    private const string Pipeline = "Intake & Service Recovery Program";

    [Fact]
    public async Task Pipeline_IsChangedFiredWatchedAndPaid()
    {
        var studio = await OpenWindowAsync();
        await studio.SignInAsDemoOwnerAsync();

        // change a message in the inspector and publish it
        var editor = await studio.OpenWorkflowAsync(Pipeline);
        await editor.SelectAsync("node_sms_review_generation_4");
        await editor.Field("Message").FillAsync("Hello {{ $initialPayload.first_name }}, how was your visit? {{ $google_review_url }}");
        await Expect(studio.Page.GetByText("Draft, 1 change")).ToBeVisibleAsync();
        await editor.PublishAsync();
        await Expect(editor.Published).ToContainTextAsync("Published v2");
        var workflow = editor.WorkflowId;

        // the list of runs shows the new run without a reload
        await studio.OpenAsync("/studio/runs");
        var run = await FireAsync(workflow);
        await Expect(studio.Runs.First).ToContainTextAsync("Maria Lopez");
        await Expect(studio.Runs.First).ToContainTextAsync("Waits until");

        // the run waits for the visit; waking it turns the step green and adds lines, without a reload
        var page = await studio.OpenRunAsync(run);
        await Expect(page.Status).ToContainTextAsync("Waits until");
        await Expect(page.DoneStep("node_stripe_payment_connect_3")).ToHaveCountAsync(1);
        await Expect(page.DoneStep("node_sms_review_generation_4")).ToHaveCountAsync(0);
        var before = await page.LogLines.CountAsync();
        await page.WakeNowAsync();
        await Expect(page.DoneStep("node_sms_review_generation_4")).ToHaveCountAsync(1);
        await Expect(page.LogLines.Nth(before)).ToBeVisibleAsync();

        // the message as the client gets it, in a second window: the run stays open in the first
        var second = await OpenWindowAsync();
        await second.SignInAsDemoOwnerAsync();
        var message = await second.NewestMessageAsync();
        Assert.Contains(
            "Hello Maria, how was your visit? https://search.google.com/local/writereview?placeid=ch_Ij_houston_dermatology_maps_id_9341",
            message, StringComparison.Ordinal);
        Assert.Contains("Captured, not sent", message, StringComparison.Ordinal);

        // the client pays; the reminders end, and the first window sees it
        await Expect(page.Status).ToContainTextAsync("Waits until");
        await (await second.OpenInvoiceOfAsync("Maria Lopez")).PayAsync();
        await Expect(page.DoneStep("node_unpaid_invoice_chaser_5")).ToHaveCountAsync(1);
        await Expect(page.Status).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Done$"));
    }

    [Fact]
    public async Task TwoWindowsOnOneRun_SeeTheSameLines_AlsoWhenOneIsOpenedInMidRun()
    {
        var first = await OpenWindowAsync();
        await first.SignInAsDemoOwnerAsync();
        var editor = await first.OpenWorkflowAsync(Pipeline);
        var run = await FireAsync(editor.WorkflowId);
        var one = await first.OpenRunAsync(run);
        await Expect(one.Status).ToContainTextAsync("Waits until");
        var late = await OpenWindowAsync();
        await late.SignInAsDemoOwnerAsync();

        await one.WakeNowAsync();
        var two = await late.OpenRunAsync(run);
        await Expect(one.DoneStep("node_sms_review_generation_4")).ToHaveCountAsync(1);
        await Expect(two.DoneStep("node_sms_review_generation_4")).ToHaveCountAsync(1);
        await Expect(one.Log).ToContainTextAsync("Planning 3 reminders"); // from here on the button is that of the next step
        await one.WakeNowAsync();
        await one.ConfirmAsync("Wake now"); // it waits for the payment, too
        await Expect(one.Log).ToContainTextAsync("of 3");
        await Expect(two.Log).ToContainTextAsync("of 3");

        var lines = await one.LinesAsync();
        await Expect(two.LogLines).ToHaveCountAsync(lines.Count);
        Assert.Equal(lines, await two.LinesAsync());
        Assert.Equal(lines.Count, lines.Distinct().Count());
    }

    private async Task<string> FireAsync(string workflow)
    {
        using var body = new StringContent(Checkout.Example("graph-webhook-payload.json"), Encoding.UTF8, "application/json");
        using var answer = await Server.Http.PostAsync($"/api/v1/webhooks/{workflow}", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, text);
        return JsonElement.Parse(text).GetProperty("execution_id").GetString()!;
    }
}
