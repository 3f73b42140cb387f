using System.Text;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Engine.Webhooks.Inbound;

namespace WorkflowStudio.Tests.Webhooks;

/// <summary>
/// Whether a post is signed. The vectors are those that Standard Webhooks and GitHub publish; those in the manner of Stripe and Shopify
/// were made with another program.
/// </summary>
public sealed class PostSignatureTests
{
    private const string Event = """{"id":"evt_1"}""";
    private const string OfStripe = "799c4ba7bb339f3c8601adfd112f0e477c930a268be1243d341abb8286501c2f";
    private const string OfShopify = "+TTNLrIAr++NEmlyRgFUnRYTKAMRFpBc9+Qp7eD6x2I=";
    private const string OfGithub = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private const string OfStandard = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly Dictionary<SignatureScheme, Post> Good = new()
    {
        [SignatureScheme.Standard] = new("""{"test": 2432232314}""", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 1614265330,
        [
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", "1614265330"), ("webhook-signature", $"v1,{OfStandard}"),
        ]),
        [SignatureScheme.Github] = new("Hello, World!", "It's a Secret to Everybody", 0, [("X-Hub-Signature-256", $"sha256={OfGithub}")]),
        [SignatureScheme.Stripe] = new(
            Event, "whsec_test_secret", 1492774577, [("Stripe-Signature", $"t=1492774577,v1={OfStripe},v0={OfGithub}")]),
        [SignatureScheme.Shopify] = new(Event, "hush", 0, [("X-Shopify-Hmac-Sha256", OfShopify)]),
        [SignatureScheme.Header] = new(Event, "s3cret ü", 0, [("X-Secret", "s3cret ü")]),
    };

    public static TheoryData<SignatureScheme> Schemes => [.. Enum.GetValues<SignatureScheme>()];

    [Theory, MemberData(nameof(Schemes))]
    public void Post_SignedAsTheSchemeSays_IsGood(SignatureScheme scheme)
    {
        var post = Good[scheme];
        Assert.True(IsGood(scheme, post));
        Assert.True(IsGood(scheme, post, ["c2VjcmV0", post.Secret])); // while the secret is changed, either counts
        Assert.True(IsGood(scheme, post, [post.Secret, "c2VjcmV0"]));
    }

    [Theory, MemberData(nameof(Schemes))]
    public void Post_OfAnotherBodySecretOrTime_IsNot(SignatureScheme scheme)
    {
        var post = Good[scheme];
        Assert.Equal(scheme == SignatureScheme.Header, IsGood(scheme, post with { Body = post.Body + " " }));
        Assert.False(IsGood(scheme, post, ["c2VjcmV0"]));
        Assert.False(IsGood(scheme, post, [""]));
        Assert.False(IsGood(scheme, post, []));
        var isTimed = scheme is SignatureScheme.Standard or SignatureScheme.Stripe;
        foreach (var seconds in new[] { 300, -300 }) Assert.True(IsGood(scheme, post with { Now = post.Now + seconds }));
        foreach (var seconds in new[] { 301, -301 }) Assert.Equal(!isTimed, IsGood(scheme, post with { Now = post.Now + seconds }));
    }

    [Theory, MemberData(nameof(Schemes))]
    public void Post_WithoutOneOfTheHeaders_IsNot(SignatureScheme scheme)
    {
        var post = Good[scheme];
        foreach (var header in post.Headers)
            Assert.False(IsGood(scheme, post with { Headers = [.. post.Headers.Where(h => h != header)] }), header.Name);
        foreach (var (name, _) in post.Headers)
            Assert.False(IsGood(scheme, post with { Headers = [.. post.Headers.Select(h => h.Name == name ? (name, "") : h)] }), name);
        Assert.Equal(
            post.Headers.Select(h => h.Name.ToLowerInvariant()),
            PostSignature.HeadersOf(new SignatureSettings { Scheme = scheme, Header = "X-Secret" }));
    }

    [Theory]
    [InlineData(SignatureScheme.Standard, "webhook-signature", $"v1,AAAA v1a,x v2,{OfStandard}  v1,{OfStandard}", true)]
    [InlineData(SignatureScheme.Standard, "webhook-signature", $"v2,{OfStandard}", false)]
    [InlineData(SignatureScheme.Standard, "webhook-signature", OfStandard, false)]
    [InlineData(SignatureScheme.Standard, "webhook-signature", "v1,", false)]
    [InlineData(SignatureScheme.Standard, "webhook-signature", "v1,!!!!SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData(SignatureScheme.Standard, "webhook-timestamp", "yesterday", false)]
    [InlineData(SignatureScheme.Standard, "webhook-timestamp", "-1614265330", false)]
    [InlineData(SignatureScheme.Standard, "webhook-timestamp", "1614265330.0", false)]
    [InlineData(SignatureScheme.Standard, "webhook-timestamp", "9223372036854775807", false)]
    [InlineData(SignatureScheme.Standard, "webhook-timestamp", "99999999999999999999", false)]
    [InlineData(SignatureScheme.Github, "X-Hub-Signature-256", OfGithub, false)]
    [InlineData(SignatureScheme.Github, "X-Hub-Signature-256", $"sha1={OfGithub}", false)]
    [InlineData(SignatureScheme.Github, "X-Hub-Signature-256", $"sha256={OfGithub}00", false)]
    [InlineData(
        SignatureScheme.Github, "X-Hub-Signature-256", "sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", false)]
    [InlineData(SignatureScheme.Stripe, "Stripe-Signature", $"v1=00,t=1492774577, v1={OfStripe}", true)]
    [InlineData(SignatureScheme.Stripe, "Stripe-Signature", $"t=1492774577,v0={OfStripe}", false)]
    [InlineData(SignatureScheme.Stripe, "Stripe-Signature", $"v1={OfStripe}", false)]
    [InlineData(SignatureScheme.Stripe, "Stripe-Signature", $"t=1492774577,t=1492774577,v1={OfStripe}", false)]
    [InlineData(SignatureScheme.Stripe, "Stripe-Signature", $"t=soon,v1={OfStripe}", false)]
    [InlineData(SignatureScheme.Shopify, "X-Shopify-Hmac-Sha256", $" {OfShopify}", false)]
    [InlineData(SignatureScheme.Shopify, "X-Shopify-Hmac-Sha256", "====", false)]
    [InlineData(SignatureScheme.Header, "X-Secret", "s3cret ü ", false)]
    public void Post_WithAnotherValue_IsGoodOnlyIfASignatureFits(SignatureScheme scheme, string header, string value, bool isGood)
    {
        var post = Good[scheme];
        Assert.Equal(isGood, IsGood(scheme, post with { Headers = [.. post.Headers.Select(h => h.Name == header ? (header, value) : h)] }));
    }

    [Fact]
    public void Post_WithAHugeHeader_IsReadToItsEnd()
    {
        var post = Good[SignatureScheme.Standard];
        var many = string.Concat(Enumerable.Repeat("v1,AAAA ", 100_000));
        Assert.False(IsGood(SignatureScheme.Standard, With(many)));
        Assert.True(IsGood(SignatureScheme.Standard, With($"{many}v1,{OfStandard}")));

        Post With(string value) => post with { Headers = [.. post.Headers.Take(2), ("webhook-signature", value)] };
    }

    [Fact]
    public void Post_WithHexInCapitals_IsGood()
    {
        var post = Good[SignatureScheme.Github];
        Assert.True(IsGood(
            SignatureScheme.Github,
            post with { Headers = [("X-Hub-Signature-256", $"sha256={OfGithub.ToUpperInvariant()}")] }));
    }

    [Fact]
    public void Post_WithoutAScheme_IsNot() =>
        Assert.False(PostSignature.IsGood(new SignatureSettings(), _ => "x", "{}"u8, ["x"], DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData(SignatureScheme.Standard, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData(SignatureScheme.Standard, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData(SignatureScheme.Standard, "whsec_", false)]
    [InlineData(SignatureScheme.Standard, "whsec_no base64!", false)]
    [InlineData(SignatureScheme.Stripe, "no base64!", true)]
    [InlineData(SignatureScheme.Header, "", false)]
    public void Secret_FitsItsScheme(SignatureScheme scheme, string secret, bool fits) =>
        Assert.Equal(fits, PostSignature.Fits(scheme, secret));

    private static bool IsGood(SignatureScheme scheme, Post post, IReadOnlyList<string>? secrets = null) => PostSignature.IsGood(
        new SignatureSettings { Scheme = scheme, Header = "X-Secret" },
        name => post.Headers.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value,
        Encoding.UTF8.GetBytes(post.Body), secrets ?? [post.Secret], DateTimeOffset.FromUnixTimeSeconds(post.Now));

    private sealed record Post(string Body, string Secret, long Now, IReadOnlyList<(string Name, string Value)> Headers);
}
