#!/bin/sh
# Publishes the playbook to an S3 bucket: BUCKET=name BASE_URL=https://… [DISTRIBUTION=id] scripts/publish.sh
# Files under names with a hash go first and stay, so that no page ever names a file that is not there. The worker goes last.
set -eu
: "${BUCKET:?the name of the bucket}" "${BASE_URL:?the address of the site}"
ringback check
ringback build --base-url "$BASE_URL"
for_ever="public, max-age=31536000, immutable"
aws s3 sync site/assets "s3://$BUCKET/assets" --cache-control "$for_ever"
aws s3 sync site "s3://$BUCKET" --exclude "assets/*" --exclude sw.js --exclude version.json --exclude ".ringback.json" --cache-control no-cache
aws s3 cp site/sw.js "s3://$BUCKET/sw.js" --cache-control no-cache
[ ! -f site/version.json ] || aws s3 cp site/version.json "s3://$BUCKET/version.json" --cache-control no-cache
aws s3 sync site "s3://$BUCKET" --delete --exclude "assets/*" --exclude ".ringback.json" --cache-control no-cache
[ -z "${DISTRIBUTION:-}" ] || aws cloudfront create-invalidation --distribution-id "$DISTRIBUTION" --paths "/*"
